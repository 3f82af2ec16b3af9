//! Reading an upload again: what it brought goes and what it brings now comes, in one transaction of its job.

use super::list_uploads::{own_upload, summary};
use super::map_upload::check_mapping;
use super::process_upload::stored_path;
use super::undo::{refuse_unless_possible, wait_for};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::jobs::{NewJob, enqueue};
use domain::ids::UploadId;
use domain::sources::{Mapping, UploadSummary};
use domain::{AppError, Permission};

/// Asks for an upload to be read again, with another mapping if one is given; until that is done the figures stay.
pub async fn reprocess_upload(services: &Services, actor: &Actor, id: UploadId, mapping: Option<Mapping>) -> Result<UploadSummary> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = refuse_unless_possible(&tx, actor, id).await?;
    drop(tx);
    if !tokio::fs::try_exists(stored_path(services, &upload)).await? {
        return Err(AppError::conflict("the file is not kept any more; upload it again").into());
    }
    if let Some(mapping) = &mapping {
        check_mapping(services, &upload, mapping).await?;
    }
    let tx = services.db.write(actor.merchant_id).await?;
    refuse_unless_possible(&tx, actor, id).await?;
    let job = enqueue(&tx, services, NewJob::process_upload(actor.merchant_id, id.0)).await?;
    wait_for(&tx, actor.merchant_id, id, job, mapping.as_ref()).await?;
    let upload = own_upload(&tx, actor, id).await?;
    tx.commit().await?;
    services.wake_workers();
    Ok(summary(upload))
}
