//! Customers by how they buy, and by when they came.

use super::scope::{Scope, big, bigs, numbers, plan};
use crate::planning::dimensions::customer_label;
use crate::planning::plan::{Output, Plan, PlanContext};
use crate::planning::sql::{Value, Writer};
use domain::analysis::RfmSegment;
use domain::{AppError, Day};

/// One row a combination of scores: recency, frequency, money, customers, orders, net sales. At most 125 of them.
pub fn compile_rfm(scope: &Scope, context: &PlanContext) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let scored = scored(scope, context, &mut writer)?;
    let (customers, orders, net) = (big("COUNT(*)"), big("SUM(s.orders)"), big("SUM(s.net)"));
    let sql = format!(
        "SELECT s.r AS c0, s.f AS c1, s.m AS c2, {customers} AS c3, {orders} AS c4, {net} AS c5 FROM ({scored}) s GROUP BY s.r, s.f, s.m ORDER BY 1, 2, 3"
    );
    Ok(numbers(sql, writer, 6))
}

/// One row a customer, those who brought most first: name, last day, orders, net sales, scores.
pub fn compile_rfm_customers(scope: &Scope, context: &PlanContext, segment: Option<RfmSegment>, limit: u32) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let scored = scored(scope, context, &mut writer)?;
    let merchant = writer.bind(Value::Int(context.merchant_id.0));
    let pairs = segment.map(|segment| segment.scores().map(|(r, f)| format!("(s.r = {r} AND s.f = {f})")).collect::<Vec<_>>().join(" OR "));
    let kept = pairs.map_or_else(String::new, |pairs| format!(" WHERE ({pairs})"));
    let at_most = writer.bind(Value::Int(i64::from(limit)));
    let columns = bigs(&["s.last_day", "s.orders", "s.net", "s.r", "s.f", "s.m"], 1);
    let sql = format!(
        "SELECT {} AS c0, {columns} FROM ({scored}) s LEFT JOIN customers c ON c.merchant_id = {merchant} AND c.id = s.customer{kept} \
         ORDER BY s.net DESC, s.customer LIMIT {at_most}",
        customer_label("c")
    );
    let outputs = std::iter::once(Output::Text).chain([Output::Number; 6]).collect();
    Ok(plan(sql, writer, outputs, limit))
}

/// One row a customer with an order, scored 1 to 5 by fifths: see [`domain::analysis::RfmInput`].
fn scored(scope: &Scope, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
    let orders = scope.orders(context, writer)?;
    let buyers = format!(
        "SELECT o.customer AS customer, MAX(CASE WHEN o.sale = 1 THEN o.day END) AS last_day, {} AS orders, {} AS net \
         FROM ({orders}) o GROUP BY o.customer HAVING SUM(o.sale) > 0",
        big("SUM(o.sale)"),
        big("SUM(o.net)")
    );
    let score = |value: &str| {
        let (place, all) = (big(&format!("RANK() OVER (ORDER BY b.{value})")), big("COUNT(*) OVER ()"));
        format!("1 + ({place} - 1) * 5 / {all}")
    };
    Ok(format!(
        "SELECT b.customer AS customer, b.last_day AS last_day, b.orders AS orders, b.net AS net, {} AS r, {} AS f, {} AS m FROM ({buyers}) b",
        score("last_day"),
        score("orders"),
        score("net")
    ))
}

/// One row a cohort and month: both as `yyyymm`, active customers, orders, net sales, and those of the cohort who are seen for the first time.
/// Only cohorts from a month on.
pub fn compile_cohorts(scope: &Scope, context: &PlanContext, first: Day) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let by_month = by_month(scope, context, &mut writer)?;
    let first = writer.bind(Value::Int(month_number(first)));
    let (active, orders, net) = (big("COUNT(CASE WHEN q.sales > 0 THEN 1 END)"), big("SUM(q.sales)"), big("SUM(q.net)"));
    let seen = big("COUNT(CASE WHEN q.month = q.seen THEN 1 END)");
    let sql = format!(
        "SELECT {} AS c0, {} AS c1, {active} AS c2, {orders} AS c3, {net} AS c4, {seen} AS c5 FROM ({by_month}) q \
         WHERE q.cohort >= {first} AND q.month >= q.cohort GROUP BY q.cohort, q.month ORDER BY q.cohort, q.month",
        big("q.cohort"),
        big("q.month")
    );
    Ok(numbers(sql, writer, 6))
}

/// One row a month from a month on: `yyyymm`, new customers, those who came back, the net sales to each.
pub fn compile_new_and_returning(scope: &Scope, context: &PlanContext, first: Day) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let by_month = by_month(scope, context, &mut writer)?;
    let first = writer.bind(Value::Int(month_number(first)));
    let count = |when: &str| big(&format!("COUNT(CASE WHEN q.sales > 0 AND {when} THEN 1 END)"));
    let sum = |when: &str| big(&format!("SUM(CASE WHEN {when} THEN q.net ELSE 0 END)"));
    let (is_new, is_back) = ("q.firsts > 0", "q.firsts = 0");
    let sql = format!(
        "SELECT {} AS c0, {} AS c1, {} AS c2, {} AS c3, {} AS c4 FROM ({by_month}) q WHERE q.month >= {first} AND q.month >= q.cohort \
         GROUP BY q.month ORDER BY q.month",
        big("q.month"),
        count(is_new),
        count(is_back),
        sum(is_new),
        sum(is_back)
    );
    Ok(numbers(sql, writer, 5))
}

/// One row a customer and month: the month of the first order ever, which is null for those who only gave back, how many orders are of that first
/// day, and the first month with an order of these.
fn by_month(scope: &Scope, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
    let orders = scope.orders_since_first(context, writer)?;
    Ok(format!(
        "SELECT v.month AS month, v.sales AS sales, v.net AS net, v.firsts AS firsts, v.cohort AS cohort, \
         MIN(CASE WHEN v.sales > 0 THEN v.month END) OVER (PARTITION BY v.customer) AS seen \
         FROM (SELECT o.customer AS customer, o.month AS month, {} AS sales, {} AS net, {} AS firsts, MIN(o.first_month) AS cohort \
         FROM ({orders}) o GROUP BY o.customer, o.month) v",
        big("SUM(o.sale)"),
        big("SUM(o.net)"),
        big("SUM(CASE WHEN o.sale = 1 AND o.day = o.first_day THEN 1 ELSE 0 END)")
    ))
}

fn month_number(day: Day) -> i64 {
    let civil = day.civil();
    i64::from(civil.year) * 100 + i64::from(civil.month)
}
