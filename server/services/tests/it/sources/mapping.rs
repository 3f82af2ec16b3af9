//! Files that need a person once.

use super::{bring, csv, orders};
use crate::support::TestServices;
use domain::ErrorKind;
use domain::sources::{Channel, ColumnMeaning, Mapping, UploadStatus};
use services::jobs::Worker;
use services::sources::{cancel_upload, get_upload, map_upload, mapping_preview};
use std::time::Duration;

const UNKNOWN: &str = "Foo,Bar,Baz,Qux";

fn mapping() -> Mapping {
    let columns = [(ColumnMeaning::OrderNumber, "Foo"), (ColumnMeaning::OrderedAt, "Bar"), (ColumnMeaning::LineAmount, "Qux")];
    Mapping {
        columns: columns.into_iter().map(|(meaning, header)| (meaning, header.to_owned())).collect(),
        channel: Channel::Offline,
        ..Mapping::default()
    }
}

#[tokio::test]
async fn an_unknown_file_is_mapped_once_and_the_next_of_its_shape_needs_no_help() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "till.csv", &csv(&[UNKNOWN, "1,2026-01-05,x,2.50", "2,2026-01-06,y,3.50"])).await;
    assert_eq!(upload.status, UploadStatus::NeedsMapping, "{upload:?}");

    let preview = mapping_preview(&services, &owner, upload.id, None).await.expect("a preview");
    assert_eq!((preview.headers.join(","), preview.rows.len()), (UNKNOWN.to_owned(), 2));
    assert!(!preview.missing.is_empty());

    let queued = map_upload(&services, &owner, upload.id, mapping()).await.expect("the mapping is taken");
    assert_eq!(queued.status, UploadStatus::Queued);
    let worker = Worker::start(services.clone());
    let read = loop {
        let upload = get_upload(&services, &owner, upload.id).await.expect("the upload is there");
        if upload.status.is_settled() {
            break upload;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 2), "{read:?}");
    assert!(orders(&services, owner.merchant_id).await.iter().all(|order| order.channel == Channel::Offline.code()));

    let next = bring(&services, &owner, "next.csv", &csv(&[UNKNOWN, "3,2026-01-07,z,4.50"])).await;
    assert_eq!((next.status, next.rows_accepted), (UploadStatus::Completed, 1), "{next:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_stands_though_the_columns_are_mapped_at_the_same_moment() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    for round in 0..8 {
        let upload = bring(&services, &owner, "till.csv", &csv(&[UNKNOWN, &format!("{round},2026-01-05,x,2.50")])).await;
        let (mapped, cancelled) = tokio::join!(map_upload(&services, &owner, upload.id, mapping()), cancel_upload(&services, &owner, upload.id));
        assert_eq!(cancelled.expect("it is cancelled").status, UploadStatus::Undone);
        if let Err(refusal) = mapped {
            assert_eq!(refusal.kind(), ErrorKind::Conflict);
        }
        let upload = get_upload(&services, &owner, upload.id).await.expect("the upload is there");
        assert_eq!(upload.status, UploadStatus::Undone, "{upload:?}");
    }
}

#[tokio::test]
async fn a_mapping_that_names_no_column_of_the_file_is_refused_by_field() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "till.csv", &csv(&[UNKNOWN, "1,2026-01-05,x,2.50"])).await;
    let mut wrong = mapping();
    wrong.columns.insert(ColumnMeaning::OrderNumber, "Number".to_owned());
    let refusal = map_upload(&services, &owner, upload.id, wrong).await.expect_err("no such column").into_app();
    assert!(refusal.field("columns.order_number").is_some_and(|sentence| sentence.contains("Number")), "{refusal:?}");

    let mut less = mapping();
    less.columns.remove(&ColumnMeaning::OrderedAt);
    let refusal = map_upload(&services, &owner, upload.id, less).await.expect_err("no date").into_app();
    assert!(refusal.field("columns").is_some_and(|sentence| sentence.contains("date")), "{refusal:?}");

    let done = bring(&services, &owner, "good.csv", &csv(&["Order ID,Date,Amount", "1,2026-01-05,2.50"])).await;
    let columns = [(ColumnMeaning::OrderNumber, "Order ID"), (ColumnMeaning::OrderedAt, "Date"), (ColumnMeaning::LineAmount, "Amount")];
    let columns = columns.into_iter().map(|(meaning, header)| (meaning, header.to_owned())).collect();
    let late = map_upload(&services, &owner, done.id, Mapping { columns, ..mapping() }).await.expect_err("it is read already");
    assert_eq!(late.kind(), ErrorKind::Conflict);
}
