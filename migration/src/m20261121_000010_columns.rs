//! Which months each version of a shop's data touched, so that its columnar copy is written anew in part.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000010_columns",
    up: r"
CREATE TABLE changed_months (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    data_version BIGINT NOT NULL,
    month INTEGER NOT NULL,
    changed_at BIGINT,
    PRIMARY KEY (merchant_id, data_version, month)
) {clustered};
",
    tables: &["changed_months"],
    secured: &[secured("changed_months")],
};
