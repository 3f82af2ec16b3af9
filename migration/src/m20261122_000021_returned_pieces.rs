//! The pieces that a line's file tells, where fewer count because a file of refunds tells the same return.

use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261122_000021_returned_pieces",
    // Rows that their status calls returned, and that were left out before, come once their file is read again.
    up: r"
ALTER TABLE order_lines ADD COLUMN told_quantity_milli BIGINT;
",
    tables: &[],
    secured: &[],
};
