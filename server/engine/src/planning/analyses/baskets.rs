//! Products that are bought together.

use super::scope::{Scope, big, numbers, plan};
use crate::planning::atoms::SOLD;
use crate::planning::blocks::Block;
use crate::planning::filters::condition;
use crate::planning::plan::{Output, Plan, PlanContext};
use crate::planning::sql::{Value, Writer};
use domain::AppError;
use domain::analysis::BasketInput;
use domain::question::Filter;
use domain::semantic::Dimension;

/// One row: how many orders have a product.
pub fn compile_basket_count(scope: &Scope, context: &PlanContext) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let bought = bought(scope, context, "", &mut writer)?;
    let sql = format!("SELECT {} AS c0 FROM (SELECT l.o AS o FROM ({bought}) l GROUP BY l.o) b", big("COUNT(*)"));
    Ok(numbers(sql, writer, 1))
}

/// The products of which there may be most pairs, and one more than are counted: id, baskets, name, code, and in how many baskets beside another.
///
/// A product's own baskets are all that it is in. Pairs are looked for where it is not alone; where some products are named, beside one of them.
pub fn compile_basket_products(scope: &Scope, context: &PlanContext, input: &BasketInput, named: &[String]) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let all = bought(scope, context, "", &mut writer)?;
    let (among, counting) = if named.is_empty() {
        (String::new(), "COUNT(CASE WHEN n.size > 1 THEN 1 END)")
    } else {
        let is_named = condition(&Filter::is_in(Dimension::Product, named.to_vec()), 0, Block::Lines, context, &mut writer)?;
        let holding = bought(scope, context, &format!(" AND {is_named}"), &mut writer)?;
        (format!(" LEFT JOIN (SELECT DISTINCT h.o AS o FROM ({holding}) h) w ON w.o = n.o"), "COUNT(CASE WHEN n.size > 1 THEN w.o END)")
    };
    let merchant = writer.bind(Value::Int(context.merchant_id.0));
    let least = writer.bind(Value::Int(i64::from(input.min_orders)));
    let at_most = writer.bind(Value::Int(i64::from(input.products) + 1));
    let sql = format!(
        "SELECT q.product, q.baskets, p.title, p.sku, q.counting FROM (SELECT n.p AS product, {} AS baskets, {} AS counting FROM \
         (SELECT l.o AS o, l.p AS p, COUNT(*) OVER (PARTITION BY l.o) AS size FROM ({all}) l) n{among} GROUP BY n.p) q \
         LEFT JOIN products p ON p.merchant_id = {merchant} AND p.id = q.product WHERE q.counting >= {least} \
         ORDER BY q.counting DESC, q.product LIMIT {at_most}",
        big("COUNT(*)"),
        big(counting)
    );
    Ok(plan(sql, writer, vec![Output::Number, Output::Number, Output::Text, Output::Text, Output::Number], input.products))
}

/// One row an order and one of some products in it: both ids, order by order.
pub fn compile_baskets(scope: &Scope, context: &PlanContext, products: &[i64]) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let listed = writer.bind_all(products.iter().map(|product| Value::Int(*product)));
    let bought = bought(scope, context, &format!(" AND f.product_id IN ({listed})"), &mut writer)?;
    Ok(numbers(format!("SELECT l.o AS c0, l.p AS c1 FROM ({bought}) l ORDER BY l.o, l.p"), writer, 2))
}

/// One row an order and product that was sold in it, however many lines it has there.
fn bought(scope: &Scope, context: &PlanContext, only: &str, writer: &mut Writer) -> Result<String, AppError> {
    let lines = scope.lines(context, writer)?;
    Ok(format!("SELECT f.order_id AS o, f.product_id AS p {lines} AND {SOLD} AND NOT f.is_aggregate{only} GROUP BY f.order_id, f.product_id"))
}
