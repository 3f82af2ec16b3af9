//! Products that nobody bought for a while.

use super::scope::{Scope, big, bigs, numbers, plan};
use crate::planning::atoms::SOLD;
use crate::planning::plan::{Output, Plan, PlanContext};
use crate::planning::sql::{Value, Writer};
use domain::AppError;
use domain::analysis::SlowMoversInput;

/// One row: products that stand still, products in all, those of known stock.
pub fn compile_movers_count(scope: &Scope, context: &PlanContext, input: &SlowMoversInput) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let products = products(scope, context, &mut writer)?;
    let still = still(scope, input, &mut writer);
    let (still, all, known) = (big(&format!("COUNT(CASE WHEN {still} THEN 1 END)")), big("COUNT(*)"), big("COUNT(q.stock)"));
    Ok(numbers(format!("SELECT {still} AS c0, {all} AS c1, {known} AS c2 FROM ({products}) q"), writer, 3))
}

/// One row a product that stands still: name, code, last day of a sale, net sales before, stock in thousandths; and what [`compile_movers_count`] brings.
pub fn compile_slow_movers(scope: &Scope, context: &PlanContext, input: &SlowMoversInput) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let products = products(scope, context, &mut writer)?;
    let still = still(scope, input, &mut writer);
    let merchant = writer.bind(Value::Int(context.merchant_id.0));
    let at_most = writer.bind(Value::Int(i64::from(input.products)));
    let columns = bigs(&["s.last_day", "s.net", "s.stock", "s.still", "s.everything", "s.known"], 2);
    let sql = format!(
        "SELECT p.title AS c0, p.sku AS c1, {columns} FROM (SELECT q.product AS product, q.last_day AS last_day, q.net AS net, q.stock AS stock, \
         CASE WHEN {still} THEN 1 ELSE 0 END AS is_still, COUNT(CASE WHEN {still} THEN 1 END) OVER () AS still, COUNT(*) OVER () AS everything, \
         COUNT(q.stock) OVER () AS known FROM ({products}) q) s LEFT JOIN products p ON p.merchant_id = {merchant} AND p.id = s.product \
         WHERE s.is_still = 1 ORDER BY COALESCE(s.stock, 0) DESC, s.net DESC, s.product LIMIT {at_most}"
    );
    let outputs = [Output::Text; 2].into_iter().chain([Output::Number; 6]).collect();
    Ok(plan(sql, writer, outputs, input.products))
}

/// One row a product that ever sold or lies in stock.
fn products(scope: &Scope, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
    let (lines, stock) = (scope.lines(context, writer)?, scope.stock(context, writer)?);
    let (nothing, net, held) = ("CAST(NULL AS BIGINT)", big("SUM(f.amount_minor)"), big("SUM(f.quantity_milli)"));
    let last = big(&format!("MAX(CASE WHEN {SOLD} THEN f.day END)"));
    Ok(format!(
        "SELECT u.product AS product, MAX(u.last_day) AS last_day, COALESCE(MAX(u.net), 0) AS net, MAX(u.stock) AS stock FROM \
         (SELECT f.product_id AS product, {last} AS last_day, {net} AS net, {nothing} AS stock {lines} GROUP BY f.product_id \
         UNION ALL SELECT f.product_id AS product, {nothing} AS last_day, {nothing} AS net, {held} AS stock {stock} GROUP BY f.product_id) u \
         GROUP BY u.product"
    ))
}

/// Sold before but not lately, or in stock and never sold; not what is known to be used up.
fn still(scope: &Scope, input: &SlowMoversInput, writer: &mut Writer) -> String {
    let since = scope.to.plus_days(-i32::try_from(input.idle_days).unwrap_or(i32::MAX));
    let since = writer.bind(Value::Int(i64::from(since.0)));
    format!("((q.last_day IS NOT NULL AND q.last_day <= {since} AND (q.stock IS NULL OR q.stock > 0)) OR (q.last_day IS NULL AND q.stock > 0))")
}
