//! In which store what was sold: told by files, kept with each order, asked for and filtered by.

use super::cleaning::counts;
use super::normal::{Row, brought};
use super::normal_shops::{export, shop};
use super::undone::{bring_in_mode, settled};
use super::{bring, bring_as, csv, lines, mapping, orders};
use crate::support::TestServices;
use domain::question::{Cell, Question};
use domain::semantic::Dimension;
use domain::sources::{Channel, ColumnMeaning as M, FileKind, Mapping, UploadMode, UploadStatus};
use services::Actor;
use services::analytics::answer;
use services::dashboards::suggest_values;
use services::jobs::Worker;
use services::sources::{OrderBatch, import_orders, reprocess_upload, undo_upload};
use std::time::Duration;

const HEADER: &str = "Order ID,Order Date,Product,Quantity,Price,Store";

/// The answer's rows: its keys as words, and a whole number.
async fn asked(services: &TestServices, owner: &Actor, question: &str) -> Vec<(String, i64)> {
    let question: Question = serde_json::from_str(question).expect("it reads");
    let rows = answer(services, owner, question).await.expect("an answer").rows;
    let word = |cell: &Cell| cell.as_text().unwrap_or("–").to_owned();
    let row = |row: &Vec<Cell>| {
        let (number, keys) = row.split_last().expect("a measure");
        (keys.iter().map(word).collect::<Vec<_>>().join(" "), number.as_i64().expect("a number"))
    };
    rows.iter().map(row).collect()
}

async fn by_store(services: &TestServices, owner: &Actor) -> Vec<(String, i64)> {
    asked(services, owner, r#"{"measures": ["net_sales"], "dimensions": ["store"]}"#).await
}

async fn suggested(services: &TestServices, owner: &Actor, text: &str) -> Vec<String> {
    let found = suggest_values(services, owner, Dimension::Store, text).await.expect("an answer");
    found.into_iter().map(|one| one.value).collect()
}

fn owned(rows: &[(&str, i64)]) -> Vec<(String, i64)> {
    rows.iter().map(|(word, number)| ((*word).to_owned(), *number)).collect()
}

/// What a till in three places sold: 5.00 + 9.00 − 2.50 in Leeds, 2.50 in York, 12.00 in Bath, and 10.00 who knows where.
fn three_places() -> Vec<u8> {
    let sold = |number, place, item, pieces, amount| {
        [("Date", "2026-01-05"), ("Time", "10:15:00"), ("Transaction ID", number), ("Location", place), ("Item", item), ("SKU", item)]
            .into_iter()
            .chain([("Qty", pieces), ("Net Sales", amount), ("Gross Sales", amount), ("Discounts", "0.00"), ("Event Type", "Payment")])
            .collect::<Vec<_>>()
    };
    let rows = [
        sold("T1", "Leeds", "Tea", "2", "5.00"),
        sold("T1", "Leeds", "Pot", "1", "9.00"),
        sold("T2", "York", "Tea", "1", "2.50"),
        sold("T3", "Bath", "Cup", "3", "12.00"),
        sold("T4", "Leeds", "Tea", "-1", "-2.50"),
        sold("T5", "", "Tea", "4", "10.00"),
    ];
    export("square", "Square items", ",", &rows.iter().map(Vec::as_slice).collect::<Vec<Row<'_>>>())
}

#[tokio::test]
async fn a_till_in_three_places_sells_in_three_stores() {
    let (services, owner) = shop().await;
    brought(&services, &owner, "square", FileKind::Orders, &three_places()).await;
    let all = owned(&[("Bath", 1_200), ("Leeds", 1_150), ("Square items", 1_000), ("York", 250)]);
    assert_eq!(by_store(&services, &owner).await, all, "what tells no store is its till's");
    let orders = asked(&services, &owner, r#"{"measures": ["orders"], "dimensions": ["store"], "order": [{"by": "store"}]}"#).await;
    assert_eq!(orders, owned(&[("Bath", 1), ("Leeds", 1), ("Square items", 1), ("York", 1)]));
    let tea = r#""filters": [{"dimension": "sku", "op": "in", "values": ["Tea"]}]"#;
    let of_tea = asked(&services, &owner, &format!(r#"{{"measures": ["net_sales"], "dimensions": ["store"], {tea}}}"#)).await;
    assert_eq!(of_tea, owned(&[("Square items", 1_000), ("Leeds", 250), ("York", 250)]));
    let in_leeds = r#"{"measures": ["net_sales"], "dimensions": ["product"], "filters": [{"dimension": "store", "op": "in", "values": ["Leeds"]}]}"#;
    assert_eq!(asked(&services, &owner, in_leeds).await, owned(&[("Pot", 900), ("Tea", 250)]));
    let not_in_leeds = in_leeds.replace("\"in\"", "\"not_in\"").replace("\"dimensions\": [\"product\"]", "\"dimensions\": []");
    assert_eq!(asked(&services, &owner, &not_in_leeds).await, owned(&[("", 2_450)]));
    assert_eq!(suggested(&services, &owner, "").await, ["Square items", "Bath", "Leeds", "York"], "what sold most pieces comes first");
    assert_eq!(suggested(&services, &owner, "EED").await, ["Leeds"]);
    let lines = lines(&services, owner.merchant_id).await;
    assert_eq!(lines.iter().filter(|line| line.store.as_deref() == Some("Leeds")).count(), 3);
}

#[tokio::test]
async fn a_web_shops_tills_are_stores_and_what_it_sold_online_has_none() {
    let head = |number, place, total| [("Name", number), ("Created at", "2026-01-05 10:00:00 +0000"), ("Total", total), ("Location", place)];
    let item = |name, price| [("Lineitem name", name), ("Lineitem quantity", "1"), ("Lineitem price", price), ("Lineitem sku", name)];
    let in_shop = [head("#1", "High Street", "14.00").as_slice(), &item("Tea", "5.00")].concat();
    let more = [[("Name", "#1")].as_slice(), &item("Pot", "9.00")].concat();
    let online = [head("#2", "", "2.50").as_slice(), &item("Tea", "2.50")].concat();
    let (services, owner) = shop().await;
    let file = export("shopify", "Shopify orders", ",", &[&in_shop, &more, &online]);
    let upload = brought(&services, &owner, "shopify", FileKind::Orders, &file).await;
    assert_eq!(by_store(&services, &owner).await, owned(&[("High Street", 1_400), ("–", 250)]));
    let pots = r#"{"measures": ["net_sales"], "filters": [{"dimension": "store", "op": "is_not_empty"}, {"dimension": "sku", "op": "in", "values": ["Pot"]}]}"#;
    assert_eq!(asked(&services, &owner, pots).await, owned(&[("", 900)]), "also of rows behind the first of their order");
    assert_eq!(counts(&upload).get("one_store_kept"), None);
}

fn sell_out() -> Mapping {
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::LineAmount, "Value")];
    Mapping { channel: Channel::Offline, ..mapping(FileKind::SellOut, &columns) }
}

#[tokio::test]
async fn a_suppliers_report_is_told_by_store_and_week() {
    let (services, owner) = shop().await;
    let file = csv(&[
        "Shop,Week,Item,Units,Value",
        "Leeds,2026-01-05,T1,10,25.00",
        "Leeds,2026-01-12,T1,4,10.00",
        "York,2026-01-05,T1,4,10.00",
        "York,2026-01-05,P1,1,9.00",
    ]);
    bring_as(&services, &owner, &file, &sell_out()).await;
    assert_eq!(by_store(&services, &owner).await, owned(&[("Leeds", 3_500), ("York", 1_900)]));
    let weekly = r#"{"measures": ["net_sales"], "dimensions": ["store"], "time": {"grain": "week"}}"#;
    let expected = [("2026-01-05 Leeds", 2_500), ("2026-01-05 York", 1_900), ("2026-01-12 Leeds", 1_000)];
    assert_eq!(asked(&services, &owner, weekly).await, owned(&expected));
    let in_york = r#"{"measures": ["units"], "dimensions": ["sku"], "filters": [{"dimension": "store", "op": "contains", "values": ["yor"]}]}"#;
    assert_eq!(asked(&services, &owner, in_york).await, owned(&[("T1", 4), ("P1", 1)]));
    // A row that is corrected stays its store's.
    let corrected = csv(&["Shop,Week,Item,Units,Value", "York,2026-01-05,P1,2,18.00"]);
    assert_eq!(bring_in_mode(&services, &owner, &corrected, UploadMode::Upsert).await.orders_updated, 1);
    assert_eq!(by_store(&services, &owner).await, owned(&[("Leeds", 3_500), ("York", 2_800)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_in_the_store_of_its_newest_file_and_goes_back_with_it() {
    let (services, owner) = shop().await;
    let worker = Worker::start(services.clone());
    let first = csv(&[HEADER, "1,2026-01-05,Tea,2,2.50,Leeds", "1,2026-01-05,Pot,1,9.00,Leeds", "2,2026-01-06,Tea,1,2.50,Leeds"]);
    let first = bring(&services, &owner, "first.csv", &first).await;
    assert_eq!(by_store(&services, &owner).await, owned(&[("Leeds", 1_650)]));
    let moved = csv(&[HEADER, "1,2026-01-05,Tea,2,2.50,York", "1,2026-01-05,Pot,1,9.00,York"]);
    let second = bring(&services, &owner, "second.csv", &moved).await;
    assert_eq!((second.orders_new, second.orders_updated), (0, 1), "nothing but the store changed");
    let in_york = owned(&[("York", 1_400), ("Leeds", 250)]);
    assert_eq!(by_store(&services, &owner).await, in_york);
    let pots = r#"{"measures": ["net_sales"], "dimensions": ["store"], "filters": [{"dimension": "product", "op": "in", "values": ["Pot"]}]}"#;
    assert_eq!(asked(&services, &owner, pots).await, owned(&[("York", 900)]), "its lines moved with it");
    assert_eq!(bring(&services, &owner, "again.csv", &moved).await.rows_duplicate, 2);
    reprocess_upload(&services, &owner, second.id, None).await.expect("asked");
    assert_eq!(settled(&services, &owner, second.id).await.status, UploadStatus::Completed);
    assert_eq!(by_store(&services, &owner).await, in_york);
    let taken_back = async |id| {
        undo_upload(&services, &owner, id).await.expect("asked");
        assert_eq!(settled(&services, &owner, id).await.status, UploadStatus::Undone);
    };
    taken_back(first.id).await;
    assert_eq!(by_store(&services, &owner).await, owned(&[("York", 1_400)]));
    let first = bring(&services, &owner, "first.csv", &csv(&[HEADER, "1,2026-01-05,Tea,2,2.50,Leeds"])).await;
    assert_eq!(by_store(&services, &owner).await, owned(&[("Leeds", 500)]));
    taken_back(first.id).await;
    assert_eq!(by_store(&services, &owner).await, owned(&[("York", 1_400)]), "as it was before");
    assert_eq!(asked(&services, &owner, pots).await, owned(&[("York", 900)]));
    assert_eq!(suggested(&services, &owner, "").await, ["York"], "no name is left of what was taken back");
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn an_order_whose_rows_name_two_stores_counts_in_the_first_and_says_so() {
    let (services, owner) = shop().await;
    let file =
        csv(&[HEADER, "1,2026-01-05,Tea,2,2.50,", "1,2026-01-05,Pot,1,9.00,Leeds", "1,2026-01-05,Cup,1,4.00,York", "2,2026-01-05,Cup,1,4.00,York"]);
    let upload = bring(&services, &owner, "tills.csv", &file).await;
    assert_eq!(counts(&upload).get("one_store_kept"), Some(&1), "{upload:?}");
    assert_eq!(by_store(&services, &owner).await, owned(&[("Leeds", 1_800), ("York", 400)]));
}

#[tokio::test]
async fn orders_as_json_and_refunds_tell_their_store_too() {
    let (services, owner) = shop().await;
    let order = serde_json::json!({"id": "J-1", "ordered_at": "2026-01-08T10:00:00Z", "store": " Leeds ",
        "lines": [{"title": "Mug", "quantity": 1, "unit_price": "7.00"}, {"title": "Tea", "quantity": 1, "amount": "2.50"}]});
    let batch = OrderBatch { orders: vec![order], ..OrderBatch::default() };
    import_orders(&services, &owner, batch, None).await.expect("stored");
    let columns = [(M::RefundId, "Refund"), (M::OrderedAt, "When"), (M::Amount, "Refunded"), (M::Store, "Branch")];
    let refunds = csv(&["Refund,When,Refunded,Branch", "R1,2026-01-09,1.50,Leeds", "R2,2026-01-09,3.00,York"]);
    bring_as(&services, &owner, &refunds, &mapping(FileKind::Refunds, &columns)).await;
    assert_eq!(by_store(&services, &owner).await, owned(&[("Leeds", 950 - 150), ("York", -300)]));
    assert!(orders(&services, owner.merchant_id).await.iter().all(|order| order.store.is_some()));
}
