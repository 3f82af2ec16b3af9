//! Order, limits, empty shops, who may ask, and what is kept.

use domain::question::{Cell, Question};
use domain::{ErrorKind, Role};
use services::analytics::answer;

use super::facts::{generate, store};
use crate::support::TestServices;

fn question(json: &str) -> Question {
    serde_json::from_str(json).expect("it reads")
}

#[tokio::test]
async fn rows_come_in_the_asked_order_and_say_when_some_are_left_out() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(5, 400, &["GBP"])).await;
    let ask = async |json: &str| answer(&services, &owner, question(json)).await.expect("an answer");
    let all = ask(r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#).await;
    let amounts: Vec<_> = all.rows.iter().filter_map(|row| row[1].as_i64()).collect();
    assert!(amounts.is_sorted_by(|a, b| a >= b), "{amounts:?}");
    let two = ask(r#"{"measures": ["net_sales"], "dimensions": ["country"], "limit": 2}"#).await;
    assert_eq!((two.rows.as_slice(), two.truncated), (&all.rows[..2], true));
    let by_name = ask(r#"{"measures": ["net_sales"], "dimensions": ["country"], "order": [{"by": "country", "desc": true}]}"#).await;
    assert_eq!(by_name.rows.iter().map(|row| row[0].as_text()).collect::<Vec<_>>(), [Some("GB"), Some("FR"), Some("DE"), None]);
    let products = ask(r#"{"measures": ["orders"], "dimensions": ["product"], "order": [{"by": "product"}]}"#).await;
    let titles: Vec<_> = products.rows.iter().map(|row| row[0].as_text()).collect();
    assert_eq!(titles, [Some("Bowl, “deep”"), Some("Mug"), Some("Tea's towel"), Some("Žebra"), None], "by bytes on every database");
}

#[tokio::test]
async fn an_empty_shop_sold_nothing() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let all = answer(&services, &owner, question(r#"{"measures": ["net_sales", "orders", "average_order_value"], "compare": "last_year"}"#)).await;
    let all = all.expect("an answer");
    assert_eq!(all.rows, [[Cell::Int(0), Cell::Int(0), Cell::None, Cell::None, Cell::None, Cell::None]]);
    assert_eq!(all.data_as_of, None);
    let split = answer(&services, &owner, question(r#"{"measures": ["net_sales"], "dimensions": ["product"]}"#)).await.expect("an answer");
    assert!(split.rows.is_empty());
}

#[tokio::test]
async fn the_same_question_is_answered_alike_until_the_data_change() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let ask = question(r#"{"measures": ["net_sales", "units"], "dimensions": ["hour"]}"#);
    assert!(answer(&services, &owner, ask.clone()).await.expect("an answer").rows.is_empty());
    store(&services, &owner, &generate(6, 100, &["GBP"])).await;
    let first = answer(&services, &owner, ask.clone()).await.expect("an answer");
    assert!(!first.rows.is_empty());
    assert_eq!(first.data_as_of.as_deref(), Some("2026-01-09T23:06:40.123Z"));
    assert_eq!(answer(&services, &owner, ask).await.expect("an answer"), first);
}

#[tokio::test]
async fn questions_see_one_shop_only_and_wrong_ones_are_refused() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let other = services.owner("bob@example.com").await;
    store(&services, &owner, &generate(7, 50, &["GBP"])).await;
    let orders = question(r#"{"measures": ["orders"]}"#);
    assert_eq!(answer(&services, &other, orders.clone()).await.expect("an answer").rows, [[Cell::Int(0)]]);
    let viewer = services.member(&owner, "vera@example.com", Role::Viewer).await;
    assert!(answer(&services, &viewer, orders).await.is_ok());
    for wrong in [
        r#"{"measures": []}"#,
        r#"{"measures": ["orders"], "filters": [{"dimension": "channel", "op": "in", "values": ["by post"]}]}"#,
        r#"{"measures": ["total_sales"], "dimensions": ["product"]}"#,
    ] {
        let refused = answer(&services, &owner, question(wrong)).await.map_err(|error| error.kind());
        assert_eq!(refused.err(), Some(ErrorKind::Validation), "{wrong}");
    }
}
