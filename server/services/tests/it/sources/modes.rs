//! Files that only add, and files that replace a period.

use super::undone::{bring_in_mode, settled};
use super::{HEADER, bring, bring_as, csv, data_version, lines, mapping, orders};
use crate::support::TestServices;
use domain::sources::{ColumnMeaning as M, FileKind, UploadMode, UploadStatus};
use services::jobs::Worker;
use services::sources::undo_upload;
use services::{Actor, Services};
use std::collections::BTreeSet;
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
    assert!(upload.remarks.iter().any(|remark| remark.starts_with("1 order of this file is there already and differs")), "{:?}", upload.remarks);
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

#[tokio::test]
async fn a_long_period_of_payments_or_advertising_is_replaced_piece_by_piece() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    // Three times as many as are looked at together.
    let many = 1_200;
    let day = |n: usize| format!("2026-01-{:02}", n % 28 + 1);
    let ads = mapping(FileKind::AdSpend, &[(M::Date, "Aa"), (M::Campaign, "Ab"), (M::Spend, "Ac")]);
    let money = mapping(FileKind::Payouts, &[(M::Date, "Ma"), (M::TransactionType, "Mb"), (M::Amount, "Mc"), (M::PayoutId, "Md")]);
    let files = [
        (ads, "Aa,Ab,Ac", (0..many).map(|n| format!("{},Campaign {n},1.25", day(n))).collect::<Vec<_>>()),
        (money, "Ma,Mb,Mc,Md", (0..many).map(|n| format!("{},Payout,3.00,P{n}", day(n))).collect()),
    ];
    for (mapping, header, rows) in files {
        let all = bring_as(&services, &owner, format!("{header}\n{}\n", rows.join("\n")).as_bytes(), &mapping).await;
        assert_eq!((all.status, all.rows_accepted), (UploadStatus::Completed, many as i64), "{all:?}");
        let kept: Vec<&str> = rows.iter().step_by(400).map(String::as_str).chain([rows[27].as_str()]).collect();
        let file = format!("{header}\n{}\n", kept.join("\n"));
        let fewer = bring_in_mode(&services, &owner, file.as_bytes(), UploadMode::ReplacePeriod).await;
        assert_eq!((fewer.status, fewer.rows_duplicate), (UploadStatus::Completed, 4), "{fewer:?}");
    }
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let ads = entity::ad_spend::find(owner.merchant_id).all(&*tx).await.expect("advertising reads");
    let money = entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read");
    let names: BTreeSet<&str> = ads.iter().map(|row| row.campaign.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["Campaign 0", "Campaign 400", "Campaign 800", "Campaign 27"]));
    assert_eq!((ads.len(), money.len()), (4, 4));
    let remembered = entity::replaced_fact::find(owner.merchant_id).all(&*tx).await.expect("the history reads");
    assert_eq!(remembered.iter().filter(|row| row.previous.is_some()).count(), 2 * (many - 4), "what went can come back");
}

/// Four orders of three days in January.
fn stored() -> Vec<u8> {
    csv(&[
        HEADER,
        "2,2026-01-05,A,Tea,1,2.00,GBP",
        "3,2026-01-06,A,Tea,1,3.00,GBP",
        "3,2026-01-06,B,Pot,1,9.00,GBP",
        "4,2026-01-07,A,Tea,1,4.00,GBP",
        "5,2026-01-07,A,Tea,1,5.00,GBP",
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_rejected_rows_removes_nothing() {
    // Whether the row tells its order, tells none, or may tell another's.
    for row in ["3,2026-01-06,A,Tea,x,3.00,GBP", ",2026-01-06,A,Tea,1,3.00,GBP", "3,2026-01-06,A,Tea,1,3.00"] {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        bring(&services, &owner, "a.csv", &stored()).await;
        let before = told(&services, &owner).await;
        assert_eq!(before, expected(&[("2", 200), ("3", 1_200), ("4", 400), ("5", 500)]));
        let file = csv(&[HEADER, "2,2026-01-05,A,Tea,1,2.50,GBP", row, "4,2026-01-07,A,Tea,1,4.00,GBP"]);
        let upload = bring_in_mode(&services, &owner, &file, UploadMode::ReplacePeriod).await;
        assert_eq!((upload.rows_accepted, upload.rows_rejected, upload.rows_duplicate), (1, 1, 1), "{upload:?}");
        assert!(upload.remarks.iter().any(|remark| remark.starts_with("Nothing was removed")), "{:?}", upload.remarks);
        assert_eq!(told(&services, &owner).await, expected(&[("2", 250), ("3", 1_200), ("4", 400), ("5", 500)]));
        let worker = Worker::start(services.clone());
        undo_upload(&services, &owner, upload.id).await.expect("asked");
        assert_eq!(settled(&services, &owner, upload.id).await.status, UploadStatus::Undone);
        worker.stop(Duration::from_secs(5)).await;
        assert_eq!(told(&services, &owner).await, before);
    }
}

#[tokio::test]
async fn an_order_of_which_one_row_cannot_be_read_stays_as_it_is() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "a.csv", &stored()).await;
    for mode in [UploadMode::Upsert, UploadMode::ReplacePeriod] {
        let file = csv(&[HEADER, "3,2026-01-06,A,Tea,2,3.00,GBP", "3,2026-01-06,B,Pot,x,9.00,GBP", "6,2026-01-06,A,Tea,1,6.00,GBP"]);
        let upload = bring_in_mode(&services, &owner, &file, mode).await;
        let is_new = i64::from(mode == UploadMode::Upsert);
        assert_eq!((upload.rows_accepted, upload.rows_rejected, upload.rows_duplicate), (is_new, 1, 2 - is_new), "{upload:?}");
        assert!(upload.remarks.iter().any(|remark| remark.contains("rows of it could not be read: it stayed as it was")), "{:?}", upload.remarks);
        assert_eq!(told(&services, &owner).await, expected(&[("2", 200), ("3", 1_200), ("4", 400), ("5", 500), ("6", 600)]), "{mode:?}");
    }
}

#[tokio::test]
async fn a_slip_in_a_date_takes_no_twenty_years_with_it() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "old.csv", &csv(&[HEADER, "1,2015-03-01,A,Tea,1,1.00,GBP"])).await;
    bring(&services, &owner, "a.csv", &stored()).await;
    let before = told(&services, &owner).await;
    let file = |slip: &str| csv(&[HEADER, "2,2026-01-05,A,Tea,1,2.00,GBP", slip, "4,2026-01-07,A,Tea,1,4.00,GBP", "5,2026-01-08,A,Tea,1,5.00,GBP"]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("some.csv");
    std::fs::write(&path, file("3,2006-01-06,A,Tea,1,3.00,GBP")).expect("the file is written");
    let options = services::sources::ImportOptions { mode: UploadMode::ReplacePeriod, ..Default::default() };
    let upload = services::sources::import_file_with(&services, &owner, &path, options).await.expect("the file is taken");
    assert_eq!(upload.status, UploadStatus::Failed, "{upload:?}");
    let reason = upload.error.unwrap_or_default();
    assert!(reason.starts_with("the row on line 3 is of 6 January 2006") || reason.contains("line 3 is of"), "{reason}");
    assert!(reason.contains("would remove 1 entry of this source that is not in the file"), "{reason}");
    assert_eq!(told(&services, &owner).await, before, "nothing of the file is kept");
    // Where nothing lies between, a wide period takes nothing with it.
    let upload = bring_in_mode(&services, &owner, &file("3,2028-01-06,A,Tea,1,3.00,GBP"), UploadMode::ReplacePeriod).await;
    assert_eq!(upload.status, UploadStatus::Completed, "{upload:?}");
    assert_eq!(told(&services, &owner).await.len(), before.len());
}

#[tokio::test]
async fn payments_of_a_file_with_rejected_rows_are_not_removed() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let money = mapping(FileKind::Payouts, &[(M::Date, "Ma"), (M::TransactionType, "Mb"), (M::Amount, "Mc"), (M::PayoutId, "Md")]);
    bring_as(&services, &owner, &csv(&["Ma,Mb,Mc,Md", "2026-01-05,Payout,3.00,P1", "2026-01-06,Payout,4.00,P2"]), &money).await;
    let file = csv(&["Ma,Mb,Mc,Md", "2026-01-05,Payout,3.00,P1", "2026-01-06,Payout,x,P2", "2026-01-07,Payout,5.00,P3"]);
    let upload = bring_in_mode(&services, &owner, &file, UploadMode::ReplacePeriod).await;
    assert_eq!((upload.rows_rejected, upload.status), (1, UploadStatus::Completed), "{upload:?}");
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let money = entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read");
    assert_eq!(money.iter().map(|row| row.net_minor).sum::<i64>(), 1_200);
}
