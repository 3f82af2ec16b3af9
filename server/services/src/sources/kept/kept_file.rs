//! Whether an upload's file is still there, and until when.

use super::old_files::{AT_HAND_DAYS, DAY_MS};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::sources::list_uploads::{own_upload, status};
use crate::sources::process_upload::stored_path;
use domain::Permission;
use domain::ids::UploadId;
use domain::sources::{KeptFile, UploadStatus};

/// Whether an upload's file is kept: as long as it is, its rows can be looked up and it can be read again.
pub async fn kept_file(services: &Services, actor: &Actor, id: UploadId) -> Result<KeptFile> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    drop(tx);
    let is_kept = tokio::fs::try_exists(stored_path(services, &upload)).await?;
    let until = kept_until(status(&upload), upload.finished_at, services.config.keep_files_days);
    Ok(KeptFile { is_kept, until: until.filter(|_| is_kept) })
}

/// Until when a file is kept; `None` where no end is set.
pub(super) fn kept_until(status: UploadStatus, finished_at: Option<i64>, keep_days: Option<u32>) -> Option<i64> {
    let days = match status {
        UploadStatus::Completed => i64::from(keep_days?),
        UploadStatus::Failed | UploadStatus::Undone => AT_HAND_DAYS,
        UploadStatus::Queued | UploadStatus::Processing | UploadStatus::NeedsMapping => return None,
    };
    Some(finished_at? + days * DAY_MS)
}
