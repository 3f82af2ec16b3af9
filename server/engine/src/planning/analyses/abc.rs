//! Products by how much of the sales they bring.

use super::scope::{Scope, big, bigs, numbers, plan};
use crate::planning::plan::{Output, Plan, PlanContext};
use crate::planning::sql::{Value, Writer};
use domain::AppError;
use domain::analysis::AbcInput;

/// In how many parts the Pareto curve is drawn.
const PARTS: u32 = 40;

/// One row a class and part of the curve: class 1 to 3, part, products, net sales, positive net sales. At most forty and a few more.
pub fn compile_abc_classes(scope: &Scope, context: &PlanContext, input: &AbcInput) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let classed = classed(scope, context, input, &mut writer)?;
    let (count, net, positive) = (big("COUNT(*)"), big("SUM(k.net)"), big("SUM(k.positive)"));
    let sql = format!(
        "SELECT {} AS c0, k.part AS c1, {count} AS c2, {net} AS c3, {positive} AS c4 FROM \
         (SELECT j.class AS class, {} AS part, j.net AS net, j.positive AS positive FROM ({classed}) j) k GROUP BY k.class, k.part ORDER BY k.part, k.class",
        big("k.class"),
        big(&format!("(j.place - 1) * {PARTS} / j.products"))
    );
    Ok(numbers(sql, writer, 5))
}

/// The largest products: name, code, class, net sales, what they and those before them bring, pieces in thousandths.
pub fn compile_abc_products(scope: &Scope, context: &PlanContext, input: &AbcInput) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let classed = classed(scope, context, input, &mut writer)?;
    let merchant = writer.bind(Value::Int(context.merchant_id.0));
    let at_most = writer.bind(Value::Int(i64::from(input.products)));
    let columns = bigs(&["j.class", "j.net", "j.upto", "j.units"], 2);
    let sql = format!(
        "SELECT p.title AS c0, p.sku AS c1, {columns} FROM ({classed}) j LEFT JOIN products p ON p.merchant_id = {merchant} AND p.id = j.product \
         ORDER BY j.place LIMIT {at_most}"
    );
    let outputs = [Output::Text; 2].into_iter().chain([Output::Number; 4]).collect();
    Ok(plan(sql, writer, outputs, input.products))
}

/// One row a product with its class: see [`AbcInput`]. What was brought before a product is without those that brought the same.
fn classed(scope: &Scope, context: &PlanContext, input: &AbcInput, writer: &mut Writer) -> Result<String, AppError> {
    let lines = scope.lines(context, writer)?;
    let products = format!(
        "SELECT f.product_id AS product, {} AS net, {} AS units {lines} GROUP BY f.product_id",
        big("SUM(f.amount_minor)"),
        big("SUM(f.quantity_milli)")
    );
    let sums = format!(
        "SELECT n.product AS product, n.net AS net, n.units AS units, n.positive AS positive, {} AS place, {} AS upto, {} AS before_it, {} AS whole, {} AS products \
         FROM (SELECT e.product AS product, e.net AS net, e.units AS units, CASE WHEN e.net > 0 THEN e.net ELSE 0 END AS positive FROM ({products}) e) n",
        big("ROW_NUMBER() OVER (ORDER BY n.net DESC, n.product)"),
        big("SUM(n.positive) OVER (ORDER BY n.net DESC, n.product ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"),
        big(
            "SUM(n.positive) OVER (ORDER BY n.net DESC RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - SUM(n.positive) OVER (PARTITION BY n.net)"
        ),
        big("SUM(n.positive) OVER ()"),
        big("COUNT(*) OVER ()")
    );
    // `before_it` is what those before bring; whole numbers are compared, so that no class depends on rounding.
    Ok(format!(
        "SELECT w.product AS product, w.net AS net, w.units AS units, w.positive AS positive, w.place AS place, w.upto AS upto, w.products AS products, \
         CASE WHEN w.net <= 0 THEN 3 WHEN w.before_it * 100 < w.whole * {} THEN 1 WHEN w.before_it * 100 < w.whole * {} THEN 2 ELSE 3 END AS class FROM ({sums}) w",
        input.a_percent, input.b_percent
    ))
}
