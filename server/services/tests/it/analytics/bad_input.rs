//! What nobody should ask, and what nobody can answer: a clear refusal, or an honest empty state.

use domain::question::{Answer, Cell, Question};
use domain::semantic::{MEASURES, Unit};
use domain::{AppError, ErrorKind};
use services::Actor;
use services::analytics::answer;
use std::time::{Duration, Instant};

use super::facts::{generate, store};
use super::shop;
use crate::support::TestServices;

fn question(json: &str) -> Question {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

async fn ask(services: &TestServices, actor: &Actor, json: &str) -> Answer {
    answer(services, actor, question(json)).await.unwrap_or_else(|error| panic!("{json}: {error:?}"))
}

async fn refused(services: &TestServices, actor: &Actor, json: &str) -> AppError {
    answer(services, actor, question(json)).await.expect_err(json).into_app()
}

#[tokio::test]
async fn days_without_data_are_no_sales_and_no_value_of_what_nobody_knows() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    shop::store(&services, &owner).await;
    for entry in MEASURES.iter().filter(|entry| entry.measure.has_days()) {
        let days = r#""time": {"from": "1990-01-01", "to": "1990-12-31""#;
        let total = ask(&services, &owner, &format!(r#"{{"measures": ["{}"], {days}}}}}"#, entry.name)).await;
        let nothing = if entry.nothing_is_zero { Cell::Int(0) } else { Cell::None };
        assert_eq!(total.rows, [[nothing]], "{}", entry.name);
        let monthly = ask(&services, &owner, &format!(r#"{{"measures": ["{}"], {days}, "grain": "month"}}}}"#, entry.name)).await;
        assert!(monthly.rows.is_empty(), "{}: {:?}", entry.name, monthly.rows);
    }
}

#[tokio::test]
async fn nothing_is_divided_by_nothing() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    shop::store(&services, &owner).await;
    // On this day something was given back, and nothing sold.
    let day = r#""time": {"from": "2011-03-01", "to": "2011-03-01"}"#;
    for entry in MEASURES.iter().filter(|entry| entry.measure.has_days()) {
        let is_divided = entry.unit == Unit::Ratio || ["average_order_value", "units_per_order", "revenue_per_customer"].contains(&entry.name);
        if is_divided && entry.name != "gross_margin_rate" {
            let found = ask(&services, &owner, &format!(r#"{{"measures": ["{}"], {day}}}"#, entry.name)).await;
            assert_eq!(found.rows, [[Cell::None]], "{}", entry.name);
            assert!(!serde_json::to_string(&found).expect("it writes").contains("NaN"));
        }
    }
    let growth = format!(r#"{{"measures": ["net_sales"], {day}, "compare": "last_year", "derived": [{{"measure": "net_sales", "as": "growth"}}]}}"#);
    assert_eq!(ask(&services, &owner, &growth).await.rows[0][2], Cell::None, "from nothing there is no growth");
    let share = r#"{"measures": ["ad_spend"], "time": {"from": "1990-01-01", "grain": "year"}, "derived": [{"measure": "ad_spend", "as": "share_of_total"}],
        "filters": [{"dimension": "source", "op": "in", "values": ["Till"]}]}"#;
    assert!(ask(&services, &owner, share).await.rows.is_empty());
}

#[tokio::test]
async fn values_of_another_shop_match_nothing() {
    let services = TestServices::start().await;
    let (owner, other) = (services.owner("ada@example.com").await, services.owner("bob@example.com").await);
    store(&services, &owner, &generate(7, 50, &["GBP"])).await;
    shop::store(&services, &other).await;
    for (dimension, value) in [("product", "Tea"), ("brand", "Leaf"), ("customer", "bob@example.org"), ("city", "London"), ("discount_code", "SAVE")]
    {
        let json =
            format!(r#"{{"measures": ["net_sales", "orders"], "filters": [{{"dimension": "{dimension}", "op": "in", "values": ["{value}"]}}]}}"#);
        assert_eq!(ask(&services, &owner, &json).await.rows, [[Cell::Int(0), Cell::Int(0)]], "{dimension}");
        assert_ne!(ask(&services, &other, &json).await.rows[0][1], Cell::Int(0), "{dimension}: who has it finds it");
    }
}

#[tokio::test]
async fn more_rows_than_an_answer_holds_are_cut_and_the_answer_says_so() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(5, 13_000, &["GBP"])).await;
    let split = r#""measures": ["net_sales"], "dimensions": ["hour", "country", "city"], "time": {"grain": "day"}"#;
    let all = ask(&services, &owner, &format!("{{{split}}}")).await;
    assert_eq!((all.rows.len(), all.truncated), (10_000, true));
    let first = ask(&services, &owner, &format!(r#"{{{split}, "limit": 3}}"#)).await;
    assert_eq!((&first.rows[..], first.truncated), (&all.rows[..3], true));
    // Along time nothing may be missing: there the question is refused.
    let along = format!(r#"{{{split}, "derived": [{{"measure": "net_sales", "as": "running_total"}}]}}"#);
    let along = refused(&services, &owner, &along).await;
    assert!(along.kind == ErrorKind::Validation && along.fields[0].message.contains("10000 rows"), "{along:?}");
}

#[tokio::test]
async fn amounts_that_cannot_be_added_up_are_refused_and_never_wrong() {
    use sea_orm::{ConnectionTrait, Statement};
    let services = TestServices::start_configured(|config| config.columns = services::config::ColumnsUse::Always).await;
    let owner = services.owner("ada@example.com").await;
    shop::store(&services, &owner).await;
    let cost = r#"{"measures": ["cost"], "dimensions": ["country"]}"#;
    let enormous = [
        ("UPDATE products SET cost_minor = 4000000000000000 WHERE merchant_id = $1", cost),
        (
            "UPDATE order_lines SET amount_minor = 5000000000000000000 WHERE merchant_id = $1",
            r#"{"measures": ["net_sales"], "dimensions": ["product"]}"#,
        ),
        ("UPDATE orders SET net_minor = 5000000000000000000 WHERE merchant_id = $1", r#"{"measures": ["net_sales"]}"#),
    ];
    for (change, json) in enormous {
        let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), change, [owner.merchant_id.0.into()]);
        tx.execute_raw(statement).await.expect("it is changed");
        tx.commit().await.expect("it commits");
        for with_copy in [false, true] {
            if with_copy {
                services::analytics::reindex(&services, Some(owner.merchant_id), |_| {}).await.expect("the copy is written");
            }
            let told = refused(&services, &owner, json).await;
            assert!(told.kind == ErrorKind::Validation && told.message.contains("too large"), "{json}: {told:?}");
        }
    }
}

#[tokio::test]
async fn what_takes_too_long_is_stopped_and_others_are_answered() {
    let services = TestServices::start_configured(|config| config.question_time = Duration::from_millis(40)).await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 12_000, &["GBP"])).await;
    let slow = r#"{"measures": ["customers", "orders", "new_customers", "repeat_rate", "cost"], "dimensions": ["hour", "country", "city", "product"], "time": {"grain": "day"}}"#;
    let started = Instant::now();
    let stopped = refused(&services, &owner, slow).await;
    assert!(stopped.kind == ErrorKind::Unavailable && stopped.message.contains("takes too long"), "{stopped:?}");
    assert!(stopped.retry_after.is_some() && started.elapsed() < Duration::from_secs(20), "it is stopped, not waited for");
    // The statement itself was stopped, too: all connections are free again, and none of them carries the limit on to other work.
    for _ in 0..12 {
        let tx = services.db.read(owner.merchant_id).await.expect("a connection is free");
        let rows = entity::order_line::find(owner.merchant_id);
        assert!(sea_orm::PaginatorTrait::count(rows, &*tx).await.expect("it counts") > 12_000);
    }
}

#[tokio::test]
async fn sql_in_names_and_values_is_no_sql() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(7, 50, &["GBP"])).await;
    let before = ask(&services, &owner, r#"{"measures": ["net_sales", "orders"]}"#).await.rows;
    for name in ["net_sales; DROP TABLE orders", "orders FROM orders --", "net_sales\" OR 1=1", "f.net_minor"] {
        let json = serde_json::json!({"measures": [name]});
        let error = serde_json::from_value::<Question>(json).expect_err("no measure has such a name").to_string();
        assert!(error.contains("there is no measure") && error.contains("nearest"), "{error}");
        let ordered = serde_json::json!({"measures": ["orders"], "dimensions": ["country"], "order": [{"by": name}]});
        let ordered = refused(&services, &owner, &ordered.to_string()).await;
        assert_eq!(ordered.fields[0].field, "order[0].by");
    }
    for value in ["' OR '1'='1", "GB'; DELETE FROM orders; --", "%' OR 1=1 --", "$1", "?1", "\\'"] {
        for (op, dimension) in [("in", "product"), ("contains", "product"), ("in", "city"), ("contains", "customer")] {
            let json = serde_json::json!({"measures": ["orders"], "filters": [{"dimension": dimension, "op": op, "values": [value]}]});
            assert_eq!(ask(&services, &owner, &json.to_string()).await.rows, [[Cell::Int(0)]], "{op} {value}");
        }
    }
    assert_eq!(ask(&services, &owner, r#"{"measures": ["net_sales", "orders"]}"#).await.rows, before);
}
