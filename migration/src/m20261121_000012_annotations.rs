//! Sentences that people wrote about some days of their shop.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000012_annotations",
    up: r"
CREATE TABLE annotations (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    body TEXT NOT NULL,
    is_shared BOOLEAN NOT NULL,
    user_id {uuid},
    written_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
",
    tables: &["annotations"],
    secured: &[secured("annotations")],
};
