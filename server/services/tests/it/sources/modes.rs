//! Files that only add, and files that replace a period.

use super::undone::{bring_in_mode, settled};
use super::{HEADER, bring, csv, data_version, lines, orders};
use crate::support::TestServices;
use domain::sources::{UploadMode, UploadStatus};
use services::jobs::Worker;
use services::sources::undo_upload;
use services::{Actor, Services};
use std::time::Duration;

async fn told(services: &Services, owner: &Actor) -> Vec<(String, i64)> {
    orders(services, owner.merchant_id).await.into_iter().map(|order| (order.external_id, order.net_minor)).collect()
}

fn expected(told: &[(&str, i64)]) -> Vec<(String, i64)> {
    told.iter().map(|(number, net)| ((*number).to_owned(), *net)).collect()
}

#[tokio::test]
async fn a_file_that_only_adds_leaves_what_is_there_and_says_so() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "a.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP", "2,2026-01-06,A,Tea,1,2.50,GBP"])).await;
    let file = csv(&[HEADER, "1,2026-01-05,A,Tea,4,2.50,GBP", "2,2026-01-06,A,Tea,1,2.50,GBP", "3,2026-01-07,B,Pot,1,9.00,GBP"]);
    let upload = bring_in_mode(&services, &owner, &file, UploadMode::Append).await;
    assert_eq!((upload.rows_accepted, upload.rows_duplicate, upload.orders_new, upload.orders_updated), (1, 2, 1, 0), "{upload:?}");
    assert!(upload.remarks.iter().any(|remark| remark.starts_with("1 order of this file are there already and differ")), "{:?}", upload.remarks);
    assert_eq!(told(&services, &owner).await, expected(&[("1", 250), ("2", 250), ("3", 900)]));
}

#[tokio::test]
async fn what_an_order_that_stays_tells_of_products_makes_a_new_version_of_the_data() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "a.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await;
    let names = async || {
        let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
        let rows = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
        rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    let first = data_version(&services, owner.merchant_id).await;
    let renamed = csv(&[HEADER, "1,2026-01-06,A,Green tea,4,2.50,GBP"]);
    let upload = bring_in_mode(&services, &owner, &renamed, UploadMode::Append).await;
    assert_eq!((upload.rows_accepted, upload.rows_duplicate), (0, 1), "{upload:?}");
    assert_eq!(names().await, ["Green tea"]);
    let second = data_version(&services, owner.merchant_id).await;
    assert!(second > first, "answers that were kept under the other name are of no use any more");
    let unnamed = csv(&[HEADER, "1,2026-01-06,A,Green tea,5,2.50,GBP"]);
    bring_in_mode(&services, &owner, &unnamed, UploadMode::Append).await;
    assert_eq!(data_version(&services, owner.merchant_id).await, second, "this one changed nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_replaces_its_period_removes_what_it_does_not_name_and_undo_brings_it_back() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let till = csv(&["Receipt No,Date,Amount", "1,2026-01-06,7.00"]);
    let first = csv(&[
        HEADER,
        "1,2026-01-04,A,Tea,1,1.00,GBP",
        "2,2026-01-05,A,Tea,1,2.00,GBP",
        "3,2026-01-06,A,Tea,1,3.00,GBP",
        "4,2026-01-07,A,Tea,1,4.00,GBP",
        "5,2026-01-08,A,Tea,1,5.00,GBP",
    ]);
    bring(&services, &owner, "a.csv", &first).await;
    let of_another_source = bring(&services, &owner, "till.csv", &till).await;
    assert_eq!(of_another_source.status, UploadStatus::Completed, "{of_another_source:?}");
    let before = told(&services, &owner).await;
    let file = csv(&[HEADER, "2,2026-01-05,A,Tea,1,2.00,GBP", "9,2026-01-07,B,Pot,1,9.00,GBP"]);
    let upload = bring_in_mode(&services, &owner, &file, UploadMode::ReplacePeriod).await;
    assert_eq!((upload.rows_accepted, upload.rows_duplicate), (1, 1), "{upload:?}");
    assert!(upload.remarks.iter().any(|remark| remark.starts_with("2 orders of this source in the file's days")), "{:?}", upload.remarks);
    let mut after = before.clone();
    after.retain(|(_, net)| ![300, 400].contains(net));
    after.push(("9".to_owned(), 900));
    assert_eq!(told(&services, &owner).await, after, "orders 3 and 4 went; 1 and 5 lie outside, and the till's is another source's");
    assert_eq!(lines(&services, owner.merchant_id).await.len(), after.len());
    let worker = Worker::start(services.clone());
    undo_upload(&services, &owner, upload.id).await.expect("asked");
    assert_eq!(settled(&services, &owner, upload.id).await.status, UploadStatus::Undone);
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!(told(&services, &owner).await, before);
    assert_eq!(lines(&services, owner.merchant_id).await.len(), before.len());
}
