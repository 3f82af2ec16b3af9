//! The sums and counts that measures are made of, each read from one block of facts.

use super::blocks::Block;
use super::dimensions::Join;
use super::sql::Dialect;

/// Whether the cost of a line's product is known, in the line's currency.
pub(super) const COSTED: &str = "p.cost_minor IS NOT NULL AND (p.currency IS NULL OR p.currency = f.currency)";

/// Whether a line sold something: it has a positive amount before discounts.
pub(in crate::planning) const SOLD: &str = "(f.amount_minor > 0 OR f.discount_minor > 0)";

/// What a line sold for, before discounts.
pub(super) const LINE_GROSS: &str = "(CASE WHEN f.amount_minor > 0 THEN f.amount_minor ELSE 0 END + COALESCE(f.discount_minor, 0))";

/// What an order sold for, after discounts and before returns.
pub(super) const ORDER_SOLD: &str = "(f.gross_minor - COALESCE(f.discount_minor, 0))";

/// A whole number that one aggregate brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    Net,
    /// Sales before discounts and returns.
    Gross,
    /// Sales after discounts, before returns.
    Sold,
    /// The same of what can be counted as orders.
    CountedSold,
    Orders,
    UnitsMilli,
    CountedUnitsMilli,
    Customers,
    NewCustomers,
    /// Net sales to customers who are known.
    KnownNet,
    Total,
    Discount,
    Tax,
    Shipping,
    Fee,
    /// Net sales of lines whose product's cost is known.
    CostedNet,
    /// Their cost, times thousand.
    CostMilli,
    /// Known customers with an order that can be counted.
    Buyers,
    /// Those with more than one.
    RepeatBuyers,
    StockMilli,
    Spend,
}

impl Atom {
    /// Where it is read, given whether the question is about single lines.
    pub(super) fn block(self, by_line: bool) -> Block {
        match self {
            Self::StockMilli => Block::Stock,
            Self::Spend => Block::Advertising,
            Self::CostedNet | Self::CostMilli => Block::Lines,
            Self::Buyers | Self::RepeatBuyers if by_line => Block::LineBuyers,
            Self::Buyers | Self::RepeatBuyers => Block::OrderBuyers,
            _ if by_line => Block::Lines,
            _ => Block::Orders,
        }
    }

    /// The table beside the facts that it needs.
    pub(super) fn join(self) -> Option<Join> {
        match self {
            Self::NewCustomers => Some(Join::Buyers),
            Self::CostedNet | Self::CostMilli => Some(Join::Products),
            _ => None,
        }
    }

    /// Its aggregate within its block.
    pub(super) fn expression(self, block: Block, dialect: Dialect) -> String {
        match block {
            Block::Lines => self.over_lines(dialect),
            Block::OrderBuyers | Block::LineBuyers => self.over_buyers().to_owned(),
            Block::Orders | Block::Stock | Block::Advertising => self.over_orders(dialect),
        }
    }

    fn over_orders(self, dialect: Dialect) -> String {
        let sum = |of: &str| dialect.sum(of);
        match self {
            Self::Gross => sum("f.gross_minor"),
            Self::Sold => sum(ORDER_SOLD),
            Self::CountedSold => sum(&format!("CASE WHEN f.is_aggregate THEN 0 ELSE {ORDER_SOLD} END")),
            // A store's total over a period is made of sales, but nobody knows of how many.
            Self::Orders => "COUNT(CASE WHEN f.is_sale AND NOT f.is_aggregate THEN 1 END)".to_owned(),
            Self::UnitsMilli => sum("f.units_milli"),
            Self::CountedUnitsMilli => sum("CASE WHEN f.is_aggregate THEN 0 ELSE f.units_milli END"),
            Self::Customers => "COUNT(DISTINCT CASE WHEN f.is_sale THEN f.customer_id END)".to_owned(),
            Self::NewCustomers => "COUNT(DISTINCT CASE WHEN f.is_sale AND f.day = b.first_day THEN f.customer_id END)".to_owned(),
            Self::KnownNet => sum("CASE WHEN f.customer_id IS NOT NULL THEN f.net_minor END"),
            Self::Total => sum("f.total_minor"),
            Self::Discount => sum("f.discount_minor"),
            Self::Tax => sum("f.tax_minor"),
            Self::Shipping => sum("f.shipping_minor"),
            Self::Fee => sum("f.fee_minor"),
            Self::StockMilli => sum("f.quantity_milli"),
            Self::Spend => sum("f.spend_minor"),
            Self::Net | Self::CostedNet | Self::CostMilli | Self::Buyers | Self::RepeatBuyers => sum("f.net_minor"),
        }
    }

    fn over_lines(self, dialect: Dialect) -> String {
        let sum = |of: &str| dialect.sum(of);
        match self {
            Self::Gross => sum(LINE_GROSS),
            Self::Discount => sum("f.discount_minor"),
            Self::Sold => sum("CASE WHEN f.amount_minor > 0 THEN f.amount_minor ELSE 0 END"),
            Self::CountedSold => sum("CASE WHEN f.amount_minor > 0 AND NOT f.is_aggregate THEN f.amount_minor ELSE 0 END"),
            Self::Orders => format!("COUNT(DISTINCT CASE WHEN {SOLD} AND NOT f.is_aggregate THEN f.order_id END)"),
            Self::UnitsMilli => sum("f.quantity_milli"),
            Self::CountedUnitsMilli => sum("CASE WHEN f.is_aggregate THEN 0 ELSE f.quantity_milli END"),
            Self::Customers => format!("COUNT(DISTINCT CASE WHEN {SOLD} THEN f.customer_id END)"),
            Self::NewCustomers => format!("COUNT(DISTINCT CASE WHEN {SOLD} AND f.day = b.first_day THEN f.customer_id END)"),
            Self::KnownNet => sum("CASE WHEN f.customer_id IS NOT NULL THEN f.amount_minor END"),
            Self::CostedNet => sum(&format!("CASE WHEN {COSTED} THEN f.amount_minor END")),
            Self::CostMilli => dialect.sum_of_products(COSTED, "f.quantity_milli", "p.cost_minor"),
            // What belongs to whole orders cannot be split over lines; questions that would are refused before.
            _ => sum("f.amount_minor"),
        }
    }

    fn over_buyers(self) -> &'static str {
        if self == Self::RepeatBuyers { "COUNT(CASE WHEN v.orders > 1 THEN 1 END)" } else { "COUNT(*)" }
    }
}
