//! Stored files as time goes by: packed, read as before, and gone when nothing needs them.

use super::undone::settled;
use super::{HEADER, bring, csv, orders};
use crate::support::TestServices;
use domain::ErrorKind;
use domain::ids::{JobId, UploadId};
use domain::sources::{KeptFile, RawRows, RawRowsAsked, UploadStatus};
use sea_orm::{ColumnTrait, QueryFilter};
use services::Actor;
use services::jobs::{JobKind, NewJob, Worker, WorkerOptions, enqueue};
use services::sources::{OrderBatch, import_orders, kept_file, raw_rows, reprocess_upload, undo_upload};
use std::fs::File;
use std::time::{Duration, UNIX_EPOCH};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The broom comes when the test says so.
const OPTIONS: WorkerOptions = WorkerOptions { tasks: 1, lease: Duration::from_secs(30), cron: false };

/// The names of the stored files' endings, by the upload's id.
fn lie(services: &TestServices, id: UploadId) -> Vec<&'static str> {
    let front = services.config.data_dir.join("uploads").join(id.0.simple().to_string());
    ["upload", "gz"].into_iter().filter(|ending| front.with_extension(ending).exists()).collect()
}

/// What lies in the folder is from long ago, as far as its dates tell.
fn age(services: &TestServices) {
    for entry in std::fs::read_dir(services.config.data_dir.join("uploads")).expect("the folder reads") {
        let file = File::options().write(true).open(entry.expect("an entry").path()).expect("opened");
        file.set_modified(UNIX_EPOCH + Duration::from_secs(86_400)).expect("dated");
    }
}

async fn state(services: &TestServices, id: JobId) -> String {
    let tx = services.db.system_read().await.expect("a transaction");
    let job = entity::job::everywhere().filter(entity::job::Column::Id.eq(id.0)).one(&*tx).await.expect("jobs read");
    job.expect("the job is there").state
}

/// The hourly broom, once.
async fn sweep(services: &TestServices) {
    let tx = services.db.system_write().await.expect("a transaction");
    let job = NewJob { merchant_id: None, kind: JobKind::CleanUp, payload: serde_json::json!({}), dedup_key: None, run_at: None, max_attempts: 1 };
    let id = enqueue(&tx, services, job).await.expect("enqueued");
    tx.commit().await.expect("committed");
    let worker = Worker::start_with((**services).clone(), OPTIONS);
    while ["queued", "running"].contains(&state(services, id).await.as_str()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!(state(services, id).await, "done");
}

async fn rows(services: &TestServices, owner: &Actor, id: UploadId) -> RawRows {
    raw_rows(services, owner, id, RawRowsAsked::From(1)).await.expect("the rows are there")
}

/// The sum of all orders, in pence.
async fn net(services: &TestServices, owner: &Actor) -> i64 {
    orders(services, owner.merchant_id).await.iter().map(|order| order.net_minor).sum()
}

async fn read_again(services: &TestServices, owner: &Actor, id: UploadId) -> UploadStatus {
    let worker = Worker::start_with((**services).clone(), OPTIONS);
    reprocess_upload(services, owner, id, None).await.expect("it can be read again");
    let status = settled(services, owner, id).await.status;
    worker.stop(Duration::from_secs(5)).await;
    status
}

#[tokio::test]
async fn a_files_rows_can_be_looked_up_and_read_again_after_years() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let text = csv(&[HEADER, "1,2026-01-05,A,Tea,2,2.50,GBP", "2,never,A,Tea,1,2.50,GBP", "3,2026-01-06,B,\"Pot,\nlarge\",1,10.00,GBP"]);
    let file = bring(&services, &owner, "may.csv", &text).await;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, &csv(&[HEADER, "4,2026-01-07,A,Tea,1,1.00,GBP"])).expect("packed");
    let gzip = bring(&services, &owner, "june.csv.gz", &packed.finish().expect("packed")).await;
    let order = serde_json::json!({"id": "J-1", "ordered_at": "2026-01-08T10:00:00Z", "currency": "GBP", "lines": [{"sku": "M", "title": "Mug", "quantity": 1, "unit_price": "7.00"}]});
    let batch = OrderBatch { orders: vec![order], ..OrderBatch::default() };
    let json = import_orders(&services, &owner, batch, None).await.expect("stored").upload;
    let failed = bring(&services, &owner, "none.csv", &csv(&[HEADER, "5,never,A,Tea,1,1.00,GBP"])).await;
    // 2 × 2.50 and 10.00; 1.00; 7.00.
    assert_eq!(net(&services, &owner).await, 500 + 1_000 + 100 + 700);
    let of_json = async || raw_rows(&services, &owner, json.id, RawRowsAsked::From(1)).await.ok();
    let before = (rows(&services, &owner, file.id).await, of_json().await);
    assert!(before.0.rows[1].cells[1] == "never" && before.0.rows[1].reason.is_some(), "{before:?}");
    assert_eq!(before.0.rows[2].cells[3], "Pot,\nlarge");

    services.clock.advance_ms(6 * DAY_MS);
    sweep(&services).await;
    assert_eq!(lie(&services, file.id), ["upload"], "a week it lies as it came");
    services.clock.advance_ms(2 * DAY_MS);
    sweep(&services).await;
    assert_eq!(lie(&services, file.id), ["upload", "gz"], "who reads it at this moment reads on");
    sweep(&services).await;
    assert_eq!((lie(&services, file.id), lie(&services, json.id)), (vec!["gz"], vec!["gz"]));
    assert_eq!(lie(&services, gzip.id), ["upload"], "gzip already");

    services.clock.advance_ms(900 * DAY_MS);
    age(&services);
    sweep(&services).await;
    assert_eq!((lie(&services, file.id), lie(&services, gzip.id), lie(&services, failed.id)), (vec!["gz"], vec!["upload"], vec![]));
    assert_eq!((rows(&services, &owner, file.id).await, of_json().await), before);
    assert_eq!(kept_file(&services, &owner, file.id).await.expect("told"), KeptFile { is_kept: true, until: None });
    assert_eq!(kept_file(&services, &owner, failed.id).await.expect("told"), KeptFile { is_kept: false, until: None });
    for id in [file.id, gzip.id, json.id] {
        assert_eq!(read_again(&services, &owner, id).await, UploadStatus::Completed);
    }
    assert_eq!(net(&services, &owner).await, 2_300, "read again, the figures are the same");

    // Taken back, it goes a week later; and what belongs to no upload any more goes at once.
    undo_upload(&services, &owner, file.id).await.expect("asked");
    let worker = Worker::start_with((*services).clone(), OPTIONS);
    assert_eq!(settled(&services, &owner, file.id).await.status, UploadStatus::Undone);
    worker.stop(Duration::from_secs(5)).await;
    services.clock.advance_ms(8 * DAY_MS);
    age(&services);
    sweep(&services).await;
    assert_eq!((lie(&services, file.id), lie(&services, json.id)), (vec![], vec!["gz"]));
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    entity::upload::delete(owner.merchant_id).exec(&*tx).await.expect("removed");
    tx.commit().await.expect("committed");
    sweep(&services).await;
    assert_eq!(std::fs::read_dir(services.config.data_dir.join("uploads")).expect("the folder reads").count(), 0);
}

#[tokio::test]
async fn files_go_after_as_many_days_as_the_operator_says_and_the_figures_stay() {
    let services = TestServices::start_configured(|config| config.keep_files_days = Some(30)).await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("eve@example.com").await);
    let file = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,2,2.50,GBP"])).await;
    let until = file.finished_at.map(|at| at + 30 * DAY_MS);
    assert_eq!(kept_file(&services, &owner, file.id).await.expect("told"), KeptFile { is_kept: true, until });
    assert_eq!(kept_file(&services, &stranger, file.id).await.expect_err("another shop's").kind(), ErrorKind::NotFound);
    services.clock.advance_ms(29 * DAY_MS);
    age(&services);
    sweep(&services).await;
    sweep(&services).await;
    assert_eq!(lie(&services, file.id), ["gz"]);
    assert_eq!(rows(&services, &owner, file.id).await.rows.len(), 1);
    services.clock.advance_ms(2 * DAY_MS);
    age(&services);
    sweep(&services).await;
    assert_eq!(kept_file(&services, &owner, file.id).await.expect("told"), KeptFile { is_kept: false, until: None });
    assert_eq!(raw_rows(&services, &owner, file.id, RawRowsAsked::From(1)).await.expect_err("gone").kind(), ErrorKind::Conflict);
    assert_eq!(reprocess_upload(&services, &owner, file.id, None).await.expect_err("gone").kind(), ErrorKind::Conflict);
    assert_eq!(net(&services, &owner).await, 500);
}
