//! A file and its row come together: wherever taking it in breaks off, no row is without its file, and files without a row are swept.

use super::{HEADER, csv};
use crate::support::TestServices;
use domain::sources::UploadSummary;
use futures::FutureExt;
use services::Actor;
use services::jobs::{Worker, WorkerOptions};
use services::sources::{UploadWriter, get_upload, list_uploads};
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::path::PathBuf;
use std::task::Poll;
use std::time::{Duration, SystemTime};

fn folder(services: &TestServices) -> PathBuf {
    services.config.data_dir.join("uploads")
}

fn files(services: &TestServices) -> BTreeSet<String> {
    let Ok(entries) = std::fs::read_dir(folder(services)) else { return BTreeSet::new() };
    entries.map(|entry| entry.expect("the folder reads").file_name().to_string_lossy().into_owned()).collect()
}

/// The files that rows name.
async fn named(services: &TestServices, owner: &Actor) -> BTreeSet<String> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let uploads = entity::upload::find(owner.merchant_id).all(&*tx).await.expect("uploads read");
    uploads.into_iter().map(|upload| upload.stored_name).collect()
}

async fn writer(services: &TestServices, owner: &Actor) -> UploadWriter {
    let mut writer = UploadWriter::create(services, owner, "may.csv", None).await.expect("begun");
    writer.write(&csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await.expect("taken");
    writer
}

/// Takes a file in, and goes away after so many steps; `None` when it did.
async fn cut_after(services: &TestServices, owner: &Actor, steps: usize) -> Option<UploadSummary> {
    let mut finish = Box::pin(writer(services, owner).await.finish());
    let mut left = steps;
    poll_fn(|context| match finish.poll_unpin(context) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome.expect("kept"))),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn whenever_the_sender_goes_away_no_row_is_without_its_file_and_no_file_stays_for_nobody() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut steps = 0;
    while cut_after(&services, &owner, steps).await.is_none() {
        steps += 1;
    }
    assert!(steps > 3, "taking a file in has more steps than {steps}");
    // A writer after all of those: whatever a cut one had begun is committed or undone by now.
    let last = writer(&services, &owner).await.finish().await.expect("kept");
    let (rows, left) = (named(&services, &owner).await, files(&services));
    assert!(rows.is_subset(&left), "rows without files: {:?}", rows.difference(&left));
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    for name in &left {
        std::fs::File::options().write(true).open(folder(&services).join(name)).and_then(|file| file.set_modified(old)).expect("made old");
    }
    let broom = Worker::start_with(services.clone(), WorkerOptions { tasks: 1, lease: Duration::from_secs(30), cron: true });
    for _ in 0..6_000 {
        if files(&services) == named(&services, &owner).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    broom.stop(Duration::from_secs(5)).await;
    assert_eq!(files(&services), named(&services, &owner).await, "what no row names is swept, and nothing else");
    assert!(list_uploads(&services, &owner).await.expect("a list").iter().any(|upload| upload.id == last.id));
}

#[tokio::test]
async fn a_row_that_cannot_be_written_leaves_no_file() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let begun = writer(&services, &owner).await.with_request_key(Some("key")).expect("a key");
    let kept = begun.finish().await.expect("kept");
    let mut other = UploadWriter::create(&services, &owner, "june.csv", None).await.expect("begun");
    other.write(b"something else").await.expect("taken");
    let refused = other.with_request_key(Some("key")).expect("a key").finish().await;
    assert!(refused.is_err(), "the key stands for another file");
    let same = writer(&services, &owner).await.with_request_key(Some("key")).expect("a key").finish().await.expect("heard before");
    assert_eq!(same.id, kept.id);
    assert_eq!(files(&services), named(&services, &owner).await);
    assert_eq!(get_upload(&services, &owner, kept.id).await.expect("there").file_name, "may.csv");
}
