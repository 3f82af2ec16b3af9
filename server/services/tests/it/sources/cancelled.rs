//! Uploads that a person takes back.

use super::{HEADER, bring, csv, orders};
use crate::support::TestServices;
use domain::ErrorKind;
use domain::sources::UploadStatus;
use services::jobs::{Worker, WorkerOptions};
use services::sources::{UploadWriter, cancel_upload, get_upload};
use std::time::Duration;

#[tokio::test]
async fn a_waiting_upload_is_undone_at_once_and_a_settled_one_stays() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut writer = UploadWriter::create(&services, &owner, "may.csv", None).await.expect("begun");
    writer.write(&csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await.expect("taken");
    let upload = writer.finish().await.expect("kept");
    let undone = cancel_upload(&services, &owner, upload.id).await.expect("cancelled");
    assert_eq!(undone.status, UploadStatus::Undone);

    let done = bring(&services, &owner, "june.csv", &csv(&[HEADER, "1,2026-06-05,A,Tea,1,2.50,GBP"])).await;
    assert_eq!(cancel_upload(&services, &owner, done.id).await.expect_err("too late").kind(), ErrorKind::Conflict);
    assert_eq!(orders(&services, owner.merchant_id).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_being_read_stops_and_leaves_no_order() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut writer = UploadWriter::create(&services, &owner, "long.csv", None).await.expect("begun");
    writer.write(&csv(&[HEADER])).await.expect("taken");
    for order in 0..600 {
        let rows: String = (0..1_000).map(|line| format!("{order}-{line},2026-01-05,A{line},Tea,1,2.50,GBP\n")).collect();
        writer.write(rows.as_bytes()).await.expect("taken");
    }
    let upload = writer.finish().await.expect("kept");
    let worker = Worker::start_with(services.clone(), WorkerOptions { tasks: 1, lease: Duration::from_millis(90), cron: false });
    while get_upload(&services, &owner, upload.id).await.expect("there").status == UploadStatus::Queued {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    cancel_upload(&services, &owner, upload.id).await.expect("asked to stop");
    let settled = loop {
        let upload = get_upload(&services, &owner, upload.id).await.expect("there");
        if upload.status.is_settled() {
            break upload;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!((settled.status, settled.rows_total), (UploadStatus::Undone, 0), "{settled:?}");
    assert_eq!(orders(&services, owner.merchant_id).await, []);
}
