//! Reading a file of this machine, for the command line: accepted and processed in this process.

use super::origin::Origin;
use super::{UploadWriter, get_upload};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::jobs::run_now;
use domain::AppError;
use domain::ids::{JobId, UploadId};
use domain::sources::{UploadMode, UploadSummary, too_large};
use std::path::Path;
use std::time::Duration;
use tokio::io::AsyncReadExt;

const BLOCK: usize = 1 << 20;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// How a file of this machine is taken in.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// What to call the source, if it should not be recognised.
    pub source: Option<String>,
    /// The same file under the same key is one upload, for a day.
    pub request_key: Option<String>,
    /// What it does to what is there.
    pub mode: UploadMode,
    /// Who took the file in; its shop sees that in the history.
    pub taken_by: TakenBy,
}

/// Who takes a file of this machine in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TakenBy {
    /// Whoever acts.
    #[default]
    Actor,
    /// Somebody at the command line.
    Command,
    /// Nobody: it was put into a watched folder.
    Watch,
}

impl TakenBy {
    fn origin(self) -> Option<Origin> {
        match self {
            Self::Actor => None,
            Self::Command => Some(Origin::Command),
            Self::Watch => Some(Origin::Watched),
        }
    }
}

/// Takes a file in, reads it and waits until it is settled.
pub async fn import_file(services: &Services, actor: &Actor, path: &Path) -> Result<UploadSummary> {
    import_file_with(services, actor, path, ImportOptions::default()).await
}

/// The same with options.
pub async fn import_file_with(services: &Services, actor: &Actor, path: &Path, options: ImportOptions) -> Result<UploadSummary> {
    let upload = take_in(services, actor, path, options).await?;
    settle(services, actor, upload.id).await
}

/// Works on an upload in this process until it is settled.
pub(super) async fn settle(services: &Services, actor: &Actor, id: UploadId) -> Result<UploadSummary> {
    loop {
        let now = get_upload(services, actor, id).await?;
        if now.status.is_settled() {
            return Ok(now);
        }
        let tx = services.db.read(actor.merchant_id).await?;
        let job = entity::upload::by_id(actor.merchant_id, id).one(&*tx).await?.and_then(|row| row.job_id);
        drop(tx);
        // A worker of a running server may have it already; then its result is waited for.
        let is_ours = match job {
            Some(job) => run_now(services, JobId(job), crate::jobs::LEASE).await?,
            None => false,
        };
        if !is_ours {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

async fn take_in(services: &Services, actor: &Actor, path: &Path, options: ImportOptions) -> Result<UploadSummary> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let opened = tokio::fs::File::open(path).await;
    let mut file = opened.map_err(|error| AppError::invalid("file", format!("{} cannot be read: {error}", path.display())))?;
    let most = services.config.upload_max_bytes;
    if file.metadata().await?.len() > most {
        return Err(too_large(most).into());
    }
    let writer = UploadWriter::create(services, actor, &name, options.source).await?.with_mode(options.mode);
    let writer = writer.with_origin(options.taken_by.origin());
    let mut writer = writer.with_request_key(options.request_key.as_deref())?;
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block).await? {
            0 => return writer.finish().await,
            count => writer.write(&block[..count]).await?,
        }
    }
}
