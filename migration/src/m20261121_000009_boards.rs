//! Boards that people of a shop made of questions, their earlier versions, and who marked which.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000009_boards",
    up: r"
CREATE TABLE boards (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    cards TEXT NOT NULL,
    version BIGINT NOT NULL,
    is_archived BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE TABLE board_versions (
    merchant_id BIGINT NOT NULL,
    board_id {uuid} NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    cards TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL,
    PRIMARY KEY (merchant_id, board_id, version),
    FOREIGN KEY (merchant_id, board_id) REFERENCES boards (merchant_id, id) ON DELETE CASCADE
);
CREATE TABLE board_favourites (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    board TEXT NOT NULL,
    PRIMARY KEY (merchant_id, user_id, board)
);
",
    tables: &["board_favourites", "board_versions", "boards"],
    secured: &[secured("boards"), secured("board_versions"), secured("board_favourites")],
};
