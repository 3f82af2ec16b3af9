//! Money of one answer has one currency.

use domain::ErrorKind;
use domain::question::{Cell, Question};
use domain::sources::Channel;
use entity::inventory_level;
use sea_orm::{EntityTrait, IntoActiveModel};
use services::Actor;
use services::analytics::answer;
use uuid::Uuid;

use super::facts::{Line, Order, generate, store};
use crate::columns::{both, reindex, with_copies};
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

const MUG: usize = 0;
const BOWL: usize = 2;

/// An order of one product.
fn sold(id: i64, day: &str, currency: &'static str, product: usize, pieces: i64, amount_minor: i64) -> Order {
    Order {
        id,
        day: day.parse().expect("a day"),
        hour: 9,
        currency,
        country: Some("GB"),
        city: None,
        customer: None,
        channel: Channel::Online,
        source: 1,
        stated_total_minor: None,
        lines: vec![Line { product: Some(product), quantity_milli: pieces * 1_000, amount_minor, discount_minor: None }],
    }
}

/// Puts pieces of products into stock.
async fn keep(services: &TestServices, owner: &Actor, stock: [(usize, i64); 2]) {
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    let levels = stock.map(|(product, pieces)| {
        let (merchant_id, product_id) = (owner.merchant_id.0, product as i64 + 1);
        let (location, upload_id, quantity_milli) = ("Main".to_owned(), Uuid::nil(), pieces * 1_000);
        inventory_level::Model { merchant_id, product_id, source_id: 1, location, upload_id, quantity_milli }.into_active_model()
    });
    inventory_level::Entity::insert_many(levels).exec_without_returning(&*tx).await.expect("stock");
    tx.commit().await.expect("it commits");
}

#[tokio::test]
async fn beside_stock_a_threshold_of_money_keeps_every_figure_of_sales_in_its_currency() {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    let orders = [
        sold(1, "2010-03-01", "GBP", MUG, 6, 6_000),
        sold(2, "2010-03-02", "EUR", MUG, 5, 5_000),
        sold(3, "2010-04-01", "EUR", MUG, 1, 1_000),
        sold(4, "2011-03-01", "GBP", MUG, 3, 3_000),
        sold(5, "2011-05-01", "GBP", MUG, 1, 1_000),
        // Bowls brought little in pounds and much in euros.
        sold(6, "2011-05-02", "GBP", BOWL, 1, 50),
        sold(7, "2011-03-01", "EUR", MUG, 10, 10_000),
        sold(8, "2011-03-02", "EUR", BOWL, 2, 9_000),
        sold(9, "2011-03-03", "EUR", BOWL, 2, 9_000),
    ];
    store(&services, &owner, &orders).await;
    keep(&services, &owner, [(MUG, 40), (BOWL, 7)]).await;
    reindex(&services, &owner).await;
    let asked = question(
        r#"{"measures": ["units", "stock_on_hand", "sell_through"], "dimensions": ["sku"], "time": {"from": "2011-01-01", "to": "2011-12-31"},
        "having": [{"measure": "net_sales", "op": "at_least", "value": 100}], "derived": [{"measure": "units", "as": "share_of_total"}]}"#,
    );
    // Of the pieces sold for pounds, four were mugs and one a bowl. Stock is of no currency.
    let mugs = [Cell::Text("MUG".to_owned()), Cell::Int(4), Cell::Int(40), Cell::Float(4.0 / 44.0), Cell::Float(4.0 / 5.0)].to_vec();
    let (sql, copy) = both(&services, &owner, &asked).await;
    for answer in [sql, copy] {
        assert_eq!(answer.rows, std::slice::from_ref(&mugs));
    }
}
