//! Which order a refund is of, what an order's export says was given back, and what of either is told by the other too: so that it counts once.

use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261122_000017_refunds_once",
    // Orders and refunds of before are told apart once their files are read again.
    up: r"
ALTER TABLE orders ADD COLUMN given_back_minor BIGINT;
ALTER TABLE orders ADD COLUMN refund_of TEXT;
ALTER TABLE orders ADD COLUMN told_twice_minor BIGINT;
ALTER TABLE order_lines ADD COLUMN told_minor BIGINT;
CREATE INDEX orders_by_refunded ON orders (merchant_id, refund_of) WHERE refund_of IS NOT NULL;
CREATE INDEX orders_told_twice ON orders (merchant_id, id) WHERE told_twice_minor IS NOT NULL;
",
    tables: &[],
    secured: &[],
};
