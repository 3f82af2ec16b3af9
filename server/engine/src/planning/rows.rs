//! The facts that a question's figures are made of: orders, or order lines where products matter.

use super::atoms::{COSTED, LINE_GROSS, ORDER_SOLD, SOLD};
use super::blocks::{Block, facts};
use super::dimensions::Join;
use super::measures::{Formula, days_of, formula};
use super::plan::{Output, Plan, PlanContext};
use super::sql::{Value, Writer};
use super::statement::Select;
use domain::question::Question;
use domain::semantic::{Dimension, Measure};
use domain::{AppError, ErrorKind};
use std::borrow::Cow;
use std::fmt::Write as _;

/// How a question's facts are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactRows {
    /// Day and id of orders.
    Orders,
    /// Day, order and line of order lines.
    Lines,
}

/// Which kind of facts a question's figures are made of. Stock and advertising are made of neither.
pub fn fact_rows(question: &Question, context: &PlanContext) -> Result<FactRows, AppError> {
    if !question.measures.iter().all(|measure| measure.has_rows()) {
        let words = "stock levels and advertising are not made of orders, so there are no rows of orders behind them";
        return Err(AppError::new(ErrorKind::Validation, words));
    }
    let days = days_of(question, context);
    let formulas: Vec<Formula> = question.measures.iter().map(|measure| formula(*measure, days)).collect();
    let by_line = question.all_dimensions().any(Dimension::is_of_lines);
    let blocks = Select::new(formulas.iter(), by_line).blocks;
    Ok(if blocks.iter().any(|block| block.is_of_lines()) { FactRows::Lines } else { FactRows::Orders })
}

/// The measures that each of the rows has for itself: units and net sales, and those of the question that are told row by row, or what they are
/// divided from.
pub fn row_measures(question: &Question, rows: FactRows) -> Vec<Measure> {
    let parts = |measure: &Measure| match measure {
        Measure::AverageOrderValue => vec![Measure::GrossSales, Measure::Discounts],
        Measure::ReturnRate => vec![Measure::GrossSales, Measure::Returns],
        measure => vec![*measure],
    };
    let more = question.measures.iter().flat_map(parts).filter(|measure| amount(*measure, rows).is_some());
    let mut measures = vec![Measure::Units];
    for measure in more.chain([Measure::NetSales]) {
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    measures
}

/// Whether the sum of the rows, or their number, is the measure's figure; of others, rows only show what they are made of.
pub fn adds_up(measure: Measure, question: &Question, rows: FactRows) -> bool {
    amount(measure, rows).is_some() || rows == FactRows::Orders && question.measures == [Measure::Orders] && measure == Measure::Orders
}

/// Compiles one page of the facts, the newest first: day, order and, of lines, the line; then a column for each of [`row_measures`].
pub fn compile_rows(question: &Question, context: &PlanContext, (skip, limit): (u64, u32)) -> Result<Plan, AppError> {
    let rows = fact_rows(question, context)?;
    let keys: &[&str] = if rows == FactRows::Lines { &["f.day", "f.order_id", "f.line"] } else { &["f.day", "f.id"] };
    let mut writer = Writer::new(context.dialect);
    let from = told(question, context, rows, &mut writer)?;
    let amounts = row_measures(question, rows).into_iter().filter_map(|measure| amount(measure, rows));
    let expressions: Vec<Cow<'static, str>> = keys.iter().copied().map(Cow::Borrowed).chain(amounts).collect();
    let column = |(index, expression): (usize, &Cow<'static, str>)| format!("{} AS c{index}", context.dialect.wide(expression));
    let columns: Vec<String> = expressions.iter().enumerate().map(column).collect();
    // All of the key in one direction: so a page is read along the index, without sorting the facts.
    let order: Vec<String> = keys.iter().map(|key| format!("{key} DESC")).collect();
    let [limit_at, skip_at] = [i64::from(limit), i64::try_from(skip).unwrap_or(i64::MAX)].map(|number| writer.bind(Value::Int(number)));
    let sql = format!("SELECT {} {from} ORDER BY {} LIMIT {limit_at} OFFSET {skip_at}", columns.join(", "), order.join(", "));
    Ok(Plan { sql, params: writer.params, outputs: vec![Output::Number; expressions.len()], limit })
}

/// Compiles how many facts there are in all, and the sum of each of [`row_measures`] over them.
pub fn compile_row_sums(question: &Question, context: &PlanContext) -> Result<Plan, AppError> {
    let rows = fact_rows(question, context)?;
    let mut writer = Writer::new(context.dialect);
    let from = told(question, context, rows, &mut writer)?;
    let sums = row_measures(question, rows).into_iter().filter_map(|measure| amount(measure, rows)).map(|of| context.dialect.sum(&of));
    let columns: Vec<String> = std::iter::once(context.dialect.wide("COUNT(*)")).chain(sums).collect();
    let named: Vec<String> = columns.iter().enumerate().map(|(index, column)| format!("{column} AS c{index}")).collect();
    let outputs = vec![Output::Number; columns.len()];
    Ok(Plan { sql: format!("SELECT {} {from}", named.join(", ")), params: writer.params, outputs, limit: 1 })
}

/// What a single row says of a measure.
fn amount(measure: Measure, rows: FactRows) -> Option<Cow<'static, str>> {
    let column = match (measure, rows) {
        (Measure::Units, FactRows::Lines) => "f.quantity_milli",
        (Measure::Units, FactRows::Orders) => "f.units_milli",
        (Measure::NetSales, FactRows::Lines) => "f.amount_minor",
        (Measure::NetSales, FactRows::Orders) => "f.net_minor",
        (Measure::GrossSales, FactRows::Lines) => LINE_GROSS,
        (Measure::GrossSales, FactRows::Orders) => "f.gross_minor",
        (Measure::Returns, FactRows::Lines) => "(CASE WHEN f.amount_minor < 0 THEN -f.amount_minor ELSE 0 END)",
        (Measure::Returns, FactRows::Orders) => return Some(format!("({ORDER_SOLD} - f.net_minor)").into()),
        (Measure::TotalSales, FactRows::Orders) => "f.total_minor",
        (Measure::Discounts, _) => "f.discount_minor",
        (Measure::Tax, FactRows::Orders) => "f.tax_minor",
        (Measure::Shipping, FactRows::Orders) => "f.shipping_minor",
        (Measure::Fees, FactRows::Orders) => "f.fee_minor",
        _ => return None,
    };
    Some(column.into())
}

/// The facts of the question without those that a single measure passes over.
fn told(question: &Question, context: &PlanContext, rows: FactRows, writer: &mut Writer) -> Result<String, AppError> {
    let block = if rows == FactRows::Lines { Block::Lines } else { Block::Orders };
    let counting = match question.measures.as_slice() {
        [only] => counting(*only, rows),
        _ => None,
    };
    let Some((condition, join)) = counting else { return facts(question, context, block, &[], writer) };
    let mut sql = facts(question, context, block, join.as_slice(), writer)?;
    let _ = write!(sql, " AND {condition}");
    Ok(sql)
}

/// Which facts count for a measure, and the table beside them that tells; without, all do.
fn counting(measure: Measure, rows: FactRows) -> Option<(Cow<'static, str>, Option<Join>)> {
    use FactRows::{Lines, Orders};
    let sold = |more: &str| Cow::Owned(format!("{SOLD}{more}"));
    let condition = match (measure, rows) {
        (Measure::Returns, Lines) => "f.amount_minor < 0".into(),
        (Measure::Returns, Orders) => format!("{ORDER_SOLD} <> f.net_minor").into(),
        (Measure::GrossSales, Lines) => sold(""),
        (Measure::GrossSales, Orders) => "f.gross_minor <> 0".into(),
        (Measure::Orders | Measure::AverageOrderValue, Lines) => sold(" AND NOT f.is_aggregate"),
        (Measure::Orders | Measure::AverageOrderValue, Orders) => "f.is_sale AND NOT f.is_aggregate".into(),
        (Measure::UnitsPerOrder, _) => "NOT f.is_aggregate".into(),
        (Measure::Customers | Measure::ReturningCustomers, Lines) => sold(" AND f.customer_id IS NOT NULL"),
        (Measure::Customers | Measure::ReturningCustomers, Orders) => "f.is_sale AND f.customer_id IS NOT NULL".into(),
        (Measure::NewCustomers, Lines) => sold(" AND f.day = b.first_day"),
        (Measure::NewCustomers, Orders) => "f.is_sale AND f.day = b.first_day".into(),
        (Measure::RepeatRate, Lines) => sold(" AND NOT f.is_aggregate AND f.customer_id IS NOT NULL"),
        (Measure::RepeatRate, Orders) => "f.is_sale AND NOT f.is_aggregate AND f.customer_id IS NOT NULL".into(),
        (Measure::RevenuePerCustomer, _) => "f.customer_id IS NOT NULL".into(),
        (Measure::Cost | Measure::GrossMargin | Measure::GrossMarginRate, Lines) => COSTED.into(),
        (Measure::Discounts, _) => "f.discount_minor <> 0".into(),
        (Measure::Tax, Orders) => "f.tax_minor <> 0".into(),
        (Measure::Shipping, Orders) => "f.shipping_minor <> 0".into(),
        (Measure::Fees, Orders) => "f.fee_minor <> 0".into(),
        _ => return None,
    };
    let join = match measure {
        Measure::NewCustomers => Some(Join::Buyers),
        Measure::Cost | Measure::GrossMargin | Measure::GrossMarginRate => Some(Join::Products),
        _ => None,
    };
    Some((condition, join))
}
