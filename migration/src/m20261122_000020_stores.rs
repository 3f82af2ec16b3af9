//! In which store each order was sold, where its file tells it.

use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261122_000020_stores",
    // A text, as the order's city and payment are: it comes and goes with its order, so that taking an upload back leaves no name behind.
    // Orders that are there have it once their file is read again.
    up: r"
ALTER TABLE orders ADD COLUMN store TEXT;
ALTER TABLE order_lines ADD COLUMN store TEXT;
",
    tables: &[],
    secured: &[],
};
