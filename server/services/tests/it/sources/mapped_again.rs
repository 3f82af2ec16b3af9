//! What is read already, read again with other meanings.

use super::undone::settled;
use super::{HEADER, bring, csv, mapping, orders};
use crate::support::TestServices;
use domain::ErrorKind;
use domain::sources::{ColumnMeaning as M, FileKind, UploadStatus};
use services::jobs::Worker;
use services::sources::{map_upload, reprocess_upload, undo_upload};
use std::collections::BTreeMap;

async fn nets(services: &TestServices, owner: &services::Actor) -> BTreeMap<String, i64> {
    orders(services, owner.merchant_id).await.into_iter().map(|order| (order.external_id, order.net_minor)).collect()
}

fn told(orders: &[(&str, i64)]) -> BTreeMap<String, i64> {
    orders.iter().map(|(number, net)| ((*number).to_owned(), *net)).collect()
}

#[tokio::test]
async fn a_file_read_again_with_another_mapping_counts_as_that_says_and_undo_takes_all_of_it() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start((*services).clone());
    let header = format!("{HEADER},Foo");
    let first = bring(&services, &owner, "first.csv", &csv(&[&header, "1,2026-01-05,A,Tea,2,2.00,GBP,9.00"])).await;
    assert_eq!(first.status, UploadStatus::Completed, "{first:?}");
    let rows = ["1,2026-01-05,A,Tea,2,2.50,GBP,4.00", "2,2026-01-06,B,Pot,1,10.00,GBP,11.00"];
    let second = bring(&services, &owner, "second.csv", &csv(&[&header, rows[0], rows[1]])).await;
    // 2 × 2.50 and 1 × 10.00.
    assert_eq!(nets(&services, &owner).await, told(&[("1", 500), ("2", 1_000)]));

    let columns = [
        (M::OrderNumber, "Order ID"),
        (M::OrderedAt, "Order Date"),
        (M::Sku, "SKU"),
        (M::ProductName, "Product"),
        (M::Quantity, "Quantity"),
        (M::UnitPrice, "Foo"),
        (M::Currency, "Currency"),
    ];
    let other = mapping(FileKind::Orders, &columns);
    let refusal = map_upload(&services, &owner, second.id, other.clone()).await.expect_err("it is read").into_app();
    assert!(refusal.kind == ErrorKind::Conflict && refusal.message.contains("read again with this mapping"), "{refusal:?}");
    let wrong = mapping(FileKind::Orders, &[(M::OrderNumber, "Bar")]);
    let refusal = reprocess_upload(&services, &owner, second.id, Some(wrong)).await.expect_err("no such column").into_app();
    assert!(refusal.field("columns.order_number").is_some() && refusal.field("columns").is_some(), "{refusal:?}");
    reprocess_upload(&services, &owner, second.id, Some(other)).await.expect("asked");
    assert_eq!(settled(&services, &owner, second.id).await.status, UploadStatus::Completed);
    // 2 × 4.00 and 1 × 11.00.
    assert_eq!(nets(&services, &owner).await, told(&[("1", 800), ("2", 1_100)]));
    undo_upload(&services, &owner, second.id).await.expect("asked");
    assert_eq!(settled(&services, &owner, second.id).await.status, UploadStatus::Undone);
    assert_eq!(nets(&services, &owner).await, told(&[("1", 400)]), "what the first file said: 2 × 2.00");
    worker.stop(std::time::Duration::from_secs(5)).await;
}
