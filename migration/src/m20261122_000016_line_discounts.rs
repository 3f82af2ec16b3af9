//! What was taken off each line of an order, so that gross sales, discounts and returns make net sales by product too.

use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261122_000016_line_discounts",
    // What an order stated was off none of its lines, or off them unsaid: its figures agree without it, and have it again once its file is
    // read again.
    up: r"
ALTER TABLE order_lines ADD COLUMN discount_minor BIGINT;
{as_system};
UPDATE orders SET discount_minor = NULL WHERE discount_minor IS NOT NULL;
UPDATE merchants SET data_version = data_version + 1 WHERE id IN (SELECT merchant_id FROM orders);
",
    tables: &[],
    secured: &[],
};
