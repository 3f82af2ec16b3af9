//! The process that is killed: it uploads two files, reads the first again and takes the second back, from wherever it was interrupted.

use super::files;
use domain::ids::{MerchantId, UploadId};
use domain::sources::UploadStatus;
use sea_orm::QueryOrder;
use services::config::ServicesConfig;
use services::jobs::{Worker, WorkerOptions};
use services::sources::{UploadWriter, reprocess_upload, undo_upload};
use services::{Actor, Services};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) const FOLDER: &str = "TRADEPOST_KILLED_FOLDER";
pub(super) const DATABASE: &str = "TRADEPOST_KILLED_DATABASE";
/// The name under which the test binary runs itself.
pub(super) const NAME: &str = "kills::child::the_process_that_is_killed";
/// In this file of the folder stands what it is about to do.
pub(super) const DOING: &str = "doing";

/// Short, so that a restart soon takes over what the killed process held.
const OPTIONS: WorkerOptions = WorkerOptions { tasks: 1, lease: Duration::from_millis(200), cron: false };

/// What comes next in the story.
#[derive(Debug)]
enum Step {
    Upload(&'static str, files::SalesFile),
    Wait(&'static str),
    Reprocess(UploadId),
    Undo(UploadId),
}

impl std::fmt::Debug for files::SalesFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows", self.rows)
    }
}

#[expect(clippy::disallowed_methods, reason = "the parent tells its child by the environment what to work on")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Read off the books alone, as a person would who comes back after a power cut.
async fn next(services: &Services, owner: &Actor) -> Option<Step> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let uploads = entity::upload::find(owner.merchant_id).order_by_asc(entity::upload::Column::FileName).all(&*tx).await.expect("uploads read");
    let [first, rest @ ..] = uploads.as_slice() else { return Some(Step::Upload("first.csv", files::first())) };
    let is_settled = |upload: &entity::upload::Model| UploadStatus::parse(&upload.status).is_some_and(UploadStatus::is_settled);
    if rest.is_empty() && is_settled(first) {
        return Some(Step::Upload("second.csv", files::second()));
    }
    let [second] = rest else { return Some(Step::Wait("read and store")) };
    match (first.sequence, second.sequence) {
        (_, None) if !is_settled(second) => Some(Step::Wait("read and store")),
        (Some(1), _) if is_settled(first) => Some(Step::Reprocess(UploadId(first.id))),
        (Some(1), _) => Some(Step::Wait("reprocess")),
        (_, Some(_)) if is_settled(second) => Some(Step::Undo(UploadId(second.id))),
        (_, Some(_)) => Some(Step::Wait("undo")),
        (_, None) => None,
    }
}

async fn take(services: &Services, owner: &Actor, folder: &Path, step: Step) {
    let doing = |what: &str| std::fs::write(folder.join(DOING), what).expect("noted");
    match step {
        Step::Upload(name, file) => {
            doing("upload");
            let mut writer = UploadWriter::create(services, owner, name, None).await.expect("begun");
            for block in file.text.as_bytes().chunks(16 << 10) {
                writer.write(block).await.expect("taken");
            }
            writer.finish().await.expect("kept");
        }
        Step::Wait(what) => {
            doing(what);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Step::Reprocess(id) => {
            doing("reprocess");
            reprocess_upload(services, owner, id, None).await.expect("asked");
        }
        Step::Undo(id) => {
            doing("undo");
            undo_upload(services, owner, id).await.expect("asked");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_process_that_is_killed() {
    let (Some(folder), Some(database_url)) = (told(FOLDER), told(DATABASE)) else { return };
    let folder = PathBuf::from(folder);
    let config = ServicesConfig { database_url, ..ServicesConfig::embedded(&folder) };
    let services = Services::start(config).await.expect("started");
    let owner = Actor::program(MerchantId(1));
    let worker = Worker::start_with(services.clone(), OPTIONS);
    while let Some(step) = next(&services, &owner).await {
        take(&services, &owner, &folder, step).await;
    }
    worker.stop(Duration::from_secs(5)).await;
}
