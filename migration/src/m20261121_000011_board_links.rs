//! Public links to boards. A link's address is a secret, so only its hash is kept.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000011_board_links",
    up: r"
CREATE TABLE board_links (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    board TEXT NOT NULL,
    name TEXT NOT NULL,
    view TEXT NOT NULL,
    secret_hash {bytes} NOT NULL UNIQUE,
    created_by {uuid} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    last_used_at BIGINT,
    uses BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX board_links_by_board ON board_links (merchant_id, board);
",
    tables: &["board_links"],
    secured: &[secured("board_links")],
};
