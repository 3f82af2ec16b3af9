//! Taking files in, and who may see them.

use super::{HEADER, bring, csv};
use crate::support::TestServices;
use domain::sources::{RawRowsAsked, UploadStatus};
use domain::{ErrorKind, Role};
use futures::{StreamExt, TryStreamExt};
use services::Services;
use services::config::ServicesConfig;
use services::jobs::{Worker, list_jobs};
use services::random::SystemRandom;
use services::sources::{
    UploadWriter, cancel_upload, get_upload, issues_csv, list_issues, list_uploads, raw_rows, upload_cleaning, upload_quality, watch_upload,
};
use std::sync::Arc;
use std::time::Duration;

fn files(services: &TestServices) -> Vec<String> {
    let folder = services.config.data_dir.join("uploads");
    let entries = std::fs::read_dir(folder).map(|entries| entries.filter_map(Result::ok).collect::<Vec<_>>()).unwrap_or_default();
    entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn a_file_over_the_cap_is_refused_while_it_streams_and_leaves_nothing() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let config = ServicesConfig { upload_max_bytes: 1_000, ..services.config.clone() };
    let small = Services::start_with(config, services.clock.clone(), Arc::new(SystemRandom)).await.expect("started");
    let mut writer = UploadWriter::create(&small, &owner, "big.csv", None).await.expect("begun");
    writer.write(&[b'a'; 900]).await.expect("it fits");
    let refusal = writer.write(&[b'a'; 200]).await.expect_err("too much").into_app();
    assert_eq!(refusal.kind, ErrorKind::TooLarge);
    drop(writer);
    assert_eq!(files(&services), Vec::<String>::new());
    assert_eq!(list_uploads(&services, &owner).await.expect("a list"), []);
}

#[tokio::test]
async fn an_upload_cut_in_the_middle_leaves_nothing() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut writer = UploadWriter::create(&services, &owner, "sales.csv", None).await.expect("begun");
    writer.write(b"Order ID,").await.expect("taken");
    drop(writer);
    assert_eq!(files(&services), Vec::<String>::new());
    assert_eq!(list_uploads(&services, &owner).await.expect("a list"), []);
}

#[tokio::test]
async fn a_file_that_is_out_of_reach_is_read_when_it_is_back() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut writer = UploadWriter::create(&services, &owner, "may.csv", None).await.expect("begun");
    writer.write(&csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await.expect("taken");
    let upload = writer.finish().await.expect("kept");
    let (folder, away) = (services.config.data_dir.join("uploads"), services.config.data_dir.join("away"));
    std::fs::rename(&folder, &away).expect("the folder is taken away");
    let worker = Worker::start(services.clone());
    let is_put_back = |job: &domain::jobs::JobSummary| job.attempts == 1 && job.state == domain::jobs::JobState::Queued;
    while !list_jobs(&services, &owner).await.expect("a list").iter().any(is_put_back) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(!get_upload(&services, &owner, upload.id).await.expect("it is there").status.is_settled());
    std::fs::rename(&away, &folder).expect("the folder is back");
    services.clock.advance_ms(60_000);
    services.wake_workers();
    let seen: Vec<_> = watch_upload(&services, &owner, upload.id).await.expect("followed").collect().await;
    assert_eq!(seen.last().map(|upload| upload.status), Some(UploadStatus::Completed));
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn an_upload_is_followed_until_it_is_read() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut writer = UploadWriter::create(&services, &owner, "../may.csv", None).await.expect("begun");
    writer.write(&csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await.expect("taken");
    let upload = writer.finish().await.expect("kept");
    assert_eq!((upload.status, upload.file_name.as_str()), (UploadStatus::Queued, "may.csv"));
    let worker = Worker::start(services.clone());
    let seen: Vec<_> = watch_upload(&services, &owner, upload.id).await.expect("followed").collect().await;
    assert_eq!(seen.last().map(|upload| (upload.status, upload.progress)), Some((UploadStatus::Completed, 100)));
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn uploads_are_for_those_who_may_and_hidden_from_other_shops() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("eve@example.com").await);
    let viewer = services.member(&owner, "vic@example.com", Role::Viewer).await;
    let upload = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP", "2,never,A,Tea,1,1,GBP"])).await;

    assert!(get_upload(&services, &viewer, upload.id).await.is_ok());
    let refused = UploadWriter::create(&services, &viewer, "x.csv", None).await.err().map(|error| error.kind());
    assert_eq!(refused, Some(ErrorKind::Forbidden));
    assert_eq!(get_upload(&services, &stranger, upload.id).await.expect_err("foreign").kind(), ErrorKind::NotFound);
    assert_eq!(cancel_upload(&services, &stranger, upload.id).await.expect_err("foreign").kind(), ErrorKind::NotFound);
    assert!(issues_csv(&services, &stranger, upload.id).await.is_err());

    let pages: Vec<_> = issues_csv(&services, &owner, upload.id).await.expect("issues").try_collect().await.expect("they stream");
    let text = String::from_utf8(pages.concat()).expect("text");
    let (head, row) = text.split_once("\r\n").expect("two lines");
    assert_eq!(head, "line,column,reason,row");
    assert!(row.starts_with("3,Order Date,") && row.contains("\"2,never,A,Tea,1,1,GBP\""), "{row}");
}

#[tokio::test]
async fn what_a_file_says_of_people_and_prices_is_not_for_viewers() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let viewer = services.member(&owner, "vic@example.com", Role::Viewer).await;
    let head = "Order ID,Order Date,SKU,Product,Quantity,Price,Currency,Email";
    let row = |number: &str, day: &str| format!("{number},{day},A, Tea ,1,2.50,GBP, Secret@Example.com ");
    let upload = bring(&services, &owner, "may.csv", &csv(&[head, &row("1", "2026-01-05"), &row("2", "never")])).await;
    let kind = |error: services::ServiceError| error.into_app().kind;
    let rows = RawRowsAsked::parse(None, Some(1)).expect("asked");
    assert_eq!(raw_rows(&services, &viewer, upload.id, rows.clone()).await.map_err(kind).err(), Some(ErrorKind::Forbidden));
    assert_eq!(issues_csv(&services, &viewer, upload.id).await.err().map(kind), Some(ErrorKind::Forbidden));
    assert!(!raw_rows(&services, &owner, upload.id, rows).await.expect("rows").rows.is_empty());

    let issues = async |actor| list_issues(&services, actor, upload.id, 10).await.expect("issues");
    let (seen, all) = (issues(&viewer).await, issues(&owner).await);
    assert!(seen[0].raw.is_empty() && seen[0].reason == all[0].reason && all[0].raw.contains("Secret"), "{seen:?} {all:?}");
    let report = upload_quality(&services, &viewer, upload.id).await.expect("a report");
    assert!(report.findings.iter().all(|finding| finding.lines.is_empty()), "{report:?}");
    let samples = async |actor| {
        let steps = upload_cleaning(&services, actor, upload.id).await.expect("steps");
        let of_upload = get_upload(&services, actor, upload.id).await.expect("the upload").cleaning;
        assert_eq!(steps, of_upload);
        assert!(!steps.is_empty(), "something was cleaned");
        steps.iter().map(|step| step.samples.len()).sum::<usize>()
    };
    assert!(samples(&owner).await > 0);
    assert_eq!(samples(&viewer).await, 0);
}
