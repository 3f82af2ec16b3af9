//! The facts a question reads: each kind is one block of the statement, and this file says from which table, joins and rows it is made.

use super::dimensions::{self, Join};
use super::filters;
use super::plan::{PlanContext, holds_money};
use super::sql::{Value, Writer};
use domain::AppError;
use domain::question::Question;
use std::fmt::Write as _;

/// A part of the statement that reads facts of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Block {
    /// One row an order: wherever products do not matter.
    Orders,
    /// One row an order line.
    Lines,
    /// One row a customer and answer's row, made of orders.
    OrderBuyers,
    /// One row a customer and answer's row, made of order lines.
    LineBuyers,
    /// One row a product, source and place.
    Stock,
    /// One row a day, source and campaign.
    Advertising,
}

impl Block {
    /// Whether it is made of order lines.
    pub(super) fn is_of_lines(self) -> bool {
        matches!(self, Self::Lines | Self::LineBuyers)
    }

    /// Whether it is made of what was sold.
    pub(super) fn is_of_sales(self) -> bool {
        !matches!(self, Self::Stock | Self::Advertising)
    }

    fn table(self) -> &'static str {
        match self {
            Self::Orders | Self::OrderBuyers => "orders",
            Self::Lines | Self::LineBuyers => "order_lines",
            Self::Stock => "inventory_levels",
            Self::Advertising => "ad_spend",
        }
    }
}

/// From which rows a block's part of the answer comes: table, joins and conditions.
pub(super) fn facts(question: &Question, context: &PlanContext, block: Block, joins: &[Join], writer: &mut Writer) -> Result<String, AppError> {
    let merchant = writer.bind(Value::Int(context.merchant_id.0));
    let split = question.dimensions.iter().filter_map(|dimension| dimensions::join(*dimension, block));
    let filtered = question.filters.iter().filter(|filter| filters::reads_join(filter.dimension));
    let filtered = filtered.filter_map(|filter| dimensions::join(filter.dimension, block));
    let mut needed: Vec<Join> = split.chain(filtered).chain(joins.iter().copied()).collect();
    needed.sort_unstable();
    needed.dedup();
    let mut sql = format!("FROM {} f", block.table());
    for join in &needed {
        sql.push_str(&join.sql(&merchant, context.has_test_orders));
    }
    let _ = write!(sql, " WHERE f.merchant_id = {merchant}");
    if block != Block::Stock {
        sql.push_str(&days(question, writer));
    }
    for (index, filter) in question.filters.iter().enumerate() {
        let condition = filters::condition(filter, index, block, context, writer)?;
        let _ = write!(sql, " AND {condition}");
    }
    let is_known = context.sells_in_one_currency && block.is_of_sales();
    if let Some(currency) = context.currency.filter(|_| holds_money(question) && block != Block::Stock && !is_known) {
        let currency = writer.bind(Value::Text(currency.code().to_owned()));
        let _ = write!(sql, " AND f.currency = {currency}");
    }
    if context.has_test_orders && block.is_of_sales() {
        sql.push_str(&not_a_test(block, &merchant));
    }
    if ranks_products(question) && (block.is_of_lines() || block == Block::Stock) {
        sql.push_str(" AND p.is_product IS NOT FALSE");
    }
    Ok(sql)
}

fn days(question: &Question, writer: &mut Writer) -> String {
    let time = question.time.unwrap_or_default();
    let mut sql = String::new();
    for (comparison, day) in [(">=", time.from), ("<=", time.to)] {
        if let Some(day) = day {
            let day = writer.bind(Value::Int(i64::from(day.0)));
            let _ = write!(sql, " AND f.day {comparison} {day}");
        }
    }
    sql
}

/// Orders that were made to try the shop out sold nothing. They are few, and most shops have none.
fn not_a_test(block: Block, merchant: &str) -> String {
    if block.is_of_lines() {
        format!(" AND f.order_id NOT IN (SELECT t.id FROM orders t WHERE t.merchant_id = {merchant} AND t.is_test)")
    } else {
        " AND NOT f.is_test".to_owned()
    }
}

/// Whether the answer is split by product: then postage, fees and samples stand aside, unless a filter asks for products by name.
pub(super) fn ranks_products(question: &Question) -> bool {
    let asks_by_name = question.filters.iter().any(domain::question::Filter::asks_for_products);
    !asks_by_name && question.dimensions.iter().any(|dimension| dimension.is_of_lines())
}

/// Whether a share is one of money, which must then be of one currency.
pub(super) fn is_made_of_money(measure: domain::semantic::Measure) -> bool {
    use domain::semantic::Measure;
    matches!(measure, Measure::ReturnRate | Measure::GrossMarginRate | Measure::ReturnOnAdSpend)
}
