//! What the statements of some questions are made of.

use domain::AppError;
use domain::ids::MerchantId;
use domain::question::Question;
use domain::range::Calendar;
use engine::planning::{Dialect, Plan, PlanContext, Value, about_all_rows, compile, compile_row_sums, compile_rows, holds_money};

fn question(json: &str) -> Question {
    serde_json::from_str(json).expect("it reads")
}

fn context(dialect: Dialect) -> PlanContext {
    PlanContext {
        merchant_id: MerchantId(7),
        currency: "GBP".parse().ok(),
        calendar: Calendar::default(),
        dialect,
        sells_in_one_currency: false,
        days: None,
        has_test_orders: false,
    }
}

fn plan(json: &str, dialect: Dialect) -> Result<Plan, AppError> {
    compile(&question(json), &context(dialect))
}

fn sql(json: &str) -> String {
    plan(json, Dialect::Sqlite).expect("it compiles").sql
}

#[test]
fn questions_without_products_read_orders_and_others_lines() {
    assert!(sql(r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#).contains("FROM orders f"));
    assert!(sql(r#"{"measures": ["net_sales"], "dimensions": ["product"]}"#).contains("FROM order_lines f LEFT JOIN products p"));
    assert!(sql(r#"{"measures": ["orders"], "filters": [{"dimension": "sku", "op": "in", "values": ["A"]}]}"#).contains("FROM order_lines f"));
}

#[test]
fn each_kind_of_facts_is_read_once_and_only_when_needed() {
    let all = sql(r#"{"measures": ["net_sales", "tax", "cost", "stock_on_hand", "ad_spend", "repeat_rate"]}"#);
    for table in ["orders", "order_lines", "inventory_levels", "ad_spend"] {
        let times = all.matches(&format!("FROM {table} f")).count();
        assert_eq!(times, if table == "orders" { 2 } else { 1 }, "{table}: the repeat rate reads orders by customer");
    }
    assert!(!sql(r#"{"measures": ["net_sales", "returns", "orders"]}"#).contains("UNION"));
}

#[test]
fn test_orders_are_left_out_where_there_are_some() {
    let context = PlanContext { currency: None, has_test_orders: true, ..context(Dialect::Sqlite) };
    let text = |json: &str| compile(&question(json), &context).expect("it compiles").sql;
    assert!(text(r#"{"measures": ["orders"]}"#).contains("NOT f.is_test"));
    assert!(text(r#"{"measures": ["orders"], "dimensions": ["sku"]}"#).contains("t.is_test"));
    assert!(text(r#"{"measures": ["new_customers"]}"#).contains("NOT h.is_test"));
    assert!(!sql(r#"{"measures": ["orders"]}"#).contains("is_test"));
}

#[test]
fn what_is_no_product_stands_aside_where_products_are_listed_and_nowhere_else() {
    let stands_aside = |json: &str| sql(json).contains("is_product");
    assert!(stands_aside(r#"{"measures": ["net_sales"], "dimensions": ["product"]}"#));
    assert!(stands_aside(r#"{"measures": ["net_sales"], "dimensions": ["country", "sku"]}"#));
    assert!(!stands_aside(r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#));
    for op in ["in", "contains"] {
        let by_name = format!(
            r#"{{"measures": ["net_sales"], "dimensions": ["product"], "filters": [{{"dimension": "product", "op": "{op}", "values": ["POSTAGE"]}}]}}"#
        );
        assert!(!stands_aside(&by_name), "{op}");
    }
}

#[test]
fn values_are_parameters() {
    let json = r#"{"measures": ["net_sales"], "time": {"from": "2011-01-01", "to": "2011-01-31"}, "limit": 5,
        "filters": [{"dimension": "city", "op": "not_in", "values": ["x' OR 1=1 --"]}]}"#;
    let plan = plan(json, Dialect::Postgres).expect("it compiles");
    assert!(!plan.sql.contains("OR 1=1"));
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(plan.params, [Value::Int(7), Value::Int(14_975), Value::Int(15_005), text("x' OR 1=1 --"), text("GBP"), Value::Int(6)]);
    assert!(plan.sql.ends_with("LIMIT $6"), "{}", plan.sql);
}

#[test]
fn a_value_that_cannot_be_is_refused_with_the_filter_named() {
    let values = [("channel", "by post"), ("weekday", "8"), ("hour", "24"), ("currency", "GBX"), ("country", "Atlantis"), ("region", "Mu")];
    for (dimension, value) in values.into_iter().chain([("cohort", "2011"), ("customer_segment", "rich")]) {
        let json = format!(r#"{{"measures": ["orders"], "filters": [{{"dimension": "{dimension}", "op": "in", "values": ["{value}"]}}]}}"#);
        let error = plan(&json, Dialect::Sqlite).expect_err("it is refused");
        assert_eq!(error.fields[0].field, "filters[0].values", "{dimension}");
    }
    let swapped = r#"{"measures": ["orders"], "filters": [{"dimension": "hour", "op": "between", "values": ["17", "9"]}]}"#;
    assert!(plan(swapped, Dialect::Sqlite).is_err_and(|error| error.message.contains("swap")));
}

#[test]
fn only_money_is_held_to_one_currency() {
    let has_currency = |json: &str| sql(json).contains("f.currency = ?");
    assert!(has_currency(r#"{"measures": ["orders", "net_sales"]}"#));
    assert!(has_currency(r#"{"measures": ["return_rate"]}"#), "a share of money is one of a currency");
    assert!(!has_currency(r#"{"measures": ["orders"]}"#));
    assert!(!has_currency(r#"{"measures": ["net_sales"], "dimensions": ["currency"]}"#));
}

#[test]
fn a_ranking_that_is_not_worked_out_does_not_compile() {
    let ranked = r#"{"measures": ["orders"], "filters": [{"dimension": "country", "op": "top", "n": 3, "by": "orders"}]}"#;
    assert!(plan(ranked, Dialect::Sqlite).is_err_and(|error| error.fields[0].field == "filters[0].op"));
}

#[test]
fn the_facts_of_a_measure_are_those_that_it_counts_and_a_page_of_them_is_read_along_their_key() {
    let rows = |json: &str| compile_rows(&question(json), &context(Dialect::Sqlite), (50, 50)).expect("it compiles").sql;
    assert!(rows(r#"{"measures": ["customers"]}"#).contains("AND f.is_sale AND f.customer_id IS NOT NULL ORDER BY f.day DESC, f.id DESC LIMIT"));
    assert!(rows(r#"{"measures": ["new_customers"]}"#).contains("AND f.is_sale AND f.day = b.first_day"));
    let cost = rows(r#"{"measures": ["cost"]}"#);
    assert!(cost.contains("JOIN products p") && cost.contains("AND p.cost_minor IS NOT NULL"), "{cost}");
    assert!(cost.contains("ORDER BY f.day DESC, f.order_id DESC, f.line DESC LIMIT"), "{cost}");
    let both = rows(r#"{"measures": ["customers", "orders"]}"#);
    assert!(!both.contains("is_sale"), "together they pass over none: {both}");
    let sums = |json: &str| compile_row_sums(&question(json), &context(Dialect::Sqlite)).expect("it compiles").sql;
    assert!(
        sums(r#"{"measures": ["average_order_value"]}"#)
            .contains("SUM(f.gross_minor) AS c2, SUM(f.discount_minor) AS c3, SUM(f.net_minor) AS c4 FROM orders f")
    );
}

#[test]
fn without_its_thresholds_a_question_stays_in_their_currency() {
    let all_rows = |json: &str| about_all_rows(&question(json), "GBP".parse().expect("a currency"));
    let filters = |json: &str| all_rows(json).filters.len();
    let split = r#""dimensions": ["country"], "having": [{"measure": "net_sales", "op": "at_least", "value": 5}]"#;
    assert_eq!(filters(&format!(r#"{{"measures": ["orders"], {split}}}"#)), 1);
    assert_eq!(filters(&format!(r#"{{"measures": ["returns"], {split}}}"#)), 0, "what is of money itself needs no filter");
    let all = all_rows(&format!(r#"{{"measures": ["orders"], {split}, "limit": 3}}"#));
    assert!(all.having.is_empty() && all.limit.is_none() && !holds_money(&all) && all.check() == Ok(()));
    let beside_stock = split.replace("country", "sku");
    let all = all_rows(&format!(r#"{{"measures": ["orders", "stock_on_hand"], {beside_stock}}}"#));
    assert!(all.filters.is_empty() && holds_money(&all) && all.check() == Ok(()), "stock cannot be filtered by currency");
    let statement = compile(&all, &context(Dialect::Sqlite)).expect("it compiles").sql;
    assert_eq!(statement.matches("f.currency = ?").count(), 1, "only sales have one: {statement}");
}
