//! The process that is killed: it uploads two files, reads the first again and takes the second back, from wherever it was interrupted.

use super::files;
use super::hearing::{Hearing, IS_READ_AGAIN};
use domain::ids::{MerchantId, UploadId};
use domain::sources::UploadStatus;
use sea_orm::QueryOrder;
use services::config::ServicesConfig;
use services::jobs::{Worker, WorkerOptions};
use services::sources::{UploadWriter, reprocess_upload, undo_upload};
use services::{Actor, Services};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

pub(super) const FOLDER: &str = "TRADEPOST_KILLED_FOLDER";
pub(super) const DATABASE: &str = "TRADEPOST_KILLED_DATABASE";
/// What stands there once the story is over.
pub(super) const END: &str = "end";
/// The name under which the test binary runs itself.
pub(super) const NAME: &str = "kills::child::the_process_that_is_killed";
/// In this file of the folder stands what it is about to do; the file is there once work has begun.
pub(super) const DOING: &str = "doing";
/// The steps of its story, in their order; the first three come once for each file.
pub(super) const STEPS: [&str; 5] = ["upload", "parse", "store", "reprocess", "undo"];

/// Short, so that a restart soon takes over what the killed process held.
const OPTIONS: WorkerOptions = WorkerOptions { tasks: 1, lease: Duration::from_millis(200), cron: false };

/// What comes next in the story.
#[derive(Debug)]
enum Step {
    Upload(&'static str, files::SalesFile),
    Wait,
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

/// Writes a word so that whoever reads it reads it whole.
pub(super) fn noted(path: &Path, word: &str) {
    let beside = path.with_extension(word);
    std::fs::write(&beside, word).and_then(|()| std::fs::rename(&beside, path)).expect("noted");
}

/// Read off the books alone, as a person would who comes back after a power cut.
async fn next(services: &Services, owner: &Actor) -> Option<Step> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let uploads = entity::upload::find(owner.merchant_id).order_by_asc(entity::upload::Column::FileName).all(&*tx).await.expect("uploads read");
    let [first, rest @ ..] = uploads.as_slice() else { return Some(Step::Upload("first.csv", files::first())) };
    let is_settled = |upload: &entity::upload::Model| UploadStatus::parse(&upload.status).is_some_and(UploadStatus::is_settled);
    IS_READ_AGAIN.store(first.sequence.is_some() && !is_settled(first), Ordering::SeqCst);
    if rest.is_empty() && is_settled(first) {
        return Some(Step::Upload("second.csv", files::second()));
    }
    let [second] = rest else { return Some(Step::Wait) };
    match (first.sequence, second.sequence) {
        (_, None) if !is_settled(second) => Some(Step::Wait),
        (Some(1), _) if is_settled(first) => Some(Step::Reprocess(UploadId(first.id))),
        (Some(1), _) => Some(Step::Wait),
        (_, Some(_)) if is_settled(second) => Some(Step::Undo(UploadId(second.id))),
        (_, Some(_)) => Some(Step::Wait),
        (_, None) => None,
    }
}

async fn take(services: &Services, owner: &Actor, folder: &Path, step: Step) {
    let doing = |what: &str| noted(&folder.join(DOING), what);
    match step {
        Step::Upload(name, file) => {
            doing("upload");
            let mut writer = UploadWriter::create(services, owner, name, None).await.expect("begun");
            for block in file.text.as_bytes().chunks(16 << 10) {
                writer.write(block).await.expect("taken");
            }
            writer.finish().await.expect("kept");
        }
        Step::Wait => tokio::time::sleep(Duration::from_millis(5)).await,
        Step::Reprocess(id) => {
            doing("reprocess");
            IS_READ_AGAIN.store(true, Ordering::SeqCst);
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
    tracing::subscriber::set_global_default(Hearing { folder: folder.clone() }).expect("the child runs this test alone");
    let config = ServicesConfig { database_url, ..ServicesConfig::embedded(&folder) };
    let services = Services::start(config).await.expect("started");
    let owner = Actor::program(MerchantId(1));
    // What an earlier life left to do is known before anybody does it.
    next(&services, &owner).await;
    let worker = Worker::start_with(services.clone(), OPTIONS);
    while let Some(step) = next(&services, &owner).await {
        take(&services, &owner, &folder, step).await;
    }
    noted(&folder.join(DOING), END);
    worker.stop(Duration::from_secs(5)).await;
}
