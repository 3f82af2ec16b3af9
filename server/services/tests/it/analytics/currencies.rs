//! Money of one answer has one currency.

use domain::ErrorKind;
use domain::question::{Cell, Question};
use services::analytics::answer;

use super::facts::{Order, generate, store};
use crate::support::TestServices;

fn question(json: &str) -> Question {
    serde_json::from_str(json).expect("it reads")
}

fn net(orders: &[Order], currency: &str) -> Cell {
    Cell::Int(orders.iter().filter(|order| order.currency == currency).map(Order::net_minor).sum())
}

#[tokio::test]
async fn other_currencies_are_left_out_unless_they_are_asked_for() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(8, 300, &["GBP", "EUR", "JPY"]);
    store(&services, &owner, &orders).await;
    let ask = async |json: &str| answer(&services, &owner, question(json)).await;
    let own = ask(r#"{"measures": ["net_sales"]}"#).await.expect("an answer");
    assert_eq!(own.rows, [[net(&orders, "GBP")]]);
    assert_eq!(own.columns[0].currency.map(|currency| currency.code()), Some("GBP"));
    let euro = r#"{"measures": ["net_sales"], "filters": [{"dimension": "currency", "op": "in", "values": ["eur"]}]}"#;
    let euro = ask(euro).await.expect("an answer");
    assert_eq!((euro.rows[0][0].clone(), euro.columns[0].currency.map(|currency| currency.code())), (net(&orders, "EUR"), Some("EUR")));
    let split = ask(r#"{"measures": ["net_sales"], "dimensions": ["currency"], "order": [{"by": "currency"}]}"#).await.expect("an answer");
    let expected: Vec<_> = ["EUR", "GBP", "JPY"].map(|code| vec![Cell::Text(code.to_owned()), net(&orders, code)]).into();
    assert_eq!((split.rows, split.columns[1].currency), (expected, None));
    let counted = ask(r#"{"measures": ["orders"]}"#).await.expect("an answer");
    let sales = orders.iter().filter(|order| order.gross_minor() > 0 && !order.is_aggregate()).count() as i64;
    assert_eq!(counted.rows, [[Cell::Int(sales)]]);
    let two = r#"{"measures": ["net_sales"], "filters": [{"dimension": "currency", "op": "in", "values": ["EUR", "JPY"]}]}"#;
    assert_eq!(ask(two).await.map_err(|error| error.kind()).err(), Some(ErrorKind::Validation));
}

#[tokio::test]
async fn where_there_is_only_one_other_currency_it_is_that_one() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(9, 60, &["INR"]);
    store(&services, &owner, &orders).await;
    let answer = answer(&services, &owner, question(r#"{"measures": ["net_sales"]}"#)).await.expect("an answer");
    assert_eq!((answer.rows[0][0].clone(), answer.columns[0].currency.map(|currency| currency.code())), (net(&orders, "INR"), Some("INR")));
}

#[tokio::test]
async fn a_threshold_of_money_keeps_comparisons_and_shares_in_its_currency() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(8, 900, &["GBP", "EUR"]);
    store(&services, &owner, &orders).await;
    let of_money = r#""dimensions": ["country"], "having": [{"measure": "net_sales", "op": "at_least", "value": 0}]"#;
    let days = r#""time": {"from": "2011-01-01", "to": "2011-12-31"}"#;
    let ask = async |json: String| answer(&services, &owner, question(&json)).await.expect("an answer").rows;
    let compared = ask(format!(r#"{{"measures": ["orders"], {of_money}, {days}, "compare": "last_year"}}"#)).await;
    let sum = |column: usize| compared.iter().filter_map(|row| row[column].as_i64()).sum::<i64>();
    let sales = |year: i32, currency: &str| {
        let of_year = orders.iter().filter(|order| order.day.civil().year == year && order.currency == currency);
        of_year.filter(|order| order.gross_minor() > 0 && !order.is_aggregate()).count() as i64
    };
    assert!(sales(2010, "EUR") > 0 && sales(2011, "EUR") > 0);
    assert_eq!([sum(1), sum(2)], [sales(2011, "GBP"), sales(2010, "GBP")]);
    let shares =
        ask(format!(r#"{{"measures": ["orders"], {of_money}, {days}, "derived": [{{"measure": "orders", "as": "share_of_total"}}]}}"#)).await;
    let whole: f64 = shares.iter().filter_map(|row| row[2].as_f64()).sum();
    assert!((whole - 1.0).abs() < 1e-9, "{shares:?}");
}
