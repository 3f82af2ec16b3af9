//! Taking an upload back before it is read.

use super::list_uploads::{own_upload, status, summary};
use crate::actor::Actor;
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{Cancellation, cancel_in};
use domain::ids::{JobId, UploadId};
use domain::sources::{UploadStatus, UploadSummary};
use domain::{AppError, Permission};
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

/// Cancels an upload that waits, is being read or waits for its columns; one that is read already stays.
pub async fn cancel_upload(services: &Services, actor: &Actor, id: UploadId) -> Result<UploadSummary> {
    actor.require(Permission::AddData)?;
    let now = services.clock.now_ms();
    let tx = services.db.write(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    let is_laid_aside = status(&upload) == UploadStatus::NeedsMapping && lay_aside(&tx, actor, id, now).await?;
    if !is_laid_aside && !cancel_its_job(&tx, actor, id, now).await? {
        return Err(AppError::conflict("this upload is settled already; there is nothing to cancel").into());
    }
    let upload = own_upload(&tx, actor, id).await?;
    tx.commit().await?;
    Ok(summary(upload))
}

/// Ends an upload that waits for its columns; `false` when it does not: someone mapped them at the same moment.
async fn lay_aside(tx: &Tx, actor: &Actor, id: UploadId, now: i64) -> Result<bool> {
    let waiting =
        entity::upload::update(actor.merchant_id).filter(Column::Id.eq(id.0)).filter(Column::Status.eq(UploadStatus::NeedsMapping.as_str()));
    let waiting = waiting.filter(Column::Sequence.is_null());
    let undone = waiting.col_expr(Column::Status, Expr::value(UploadStatus::Undone.as_str())).col_expr(Column::FinishedAt, Expr::value(now));
    Ok(undone.exec(&**tx).await?.rows_affected == 1)
}

/// Cancels the job that is to read an upload, as the upload's row names it now; `false` when there is none or it has ended.
async fn cancel_its_job(tx: &Tx, actor: &Actor, id: UploadId, now: i64) -> Result<bool> {
    let upload = own_upload(tx, actor, id).await?;
    if !matches!(status(&upload), UploadStatus::Queued | UploadStatus::Processing) {
        return Ok(false);
    }
    let Some(job) = upload.job_id else { return Ok(false) };
    let job = entity::job::by_id(actor.merchant_id, JobId(job)).one(&**tx).await?;
    match job {
        Some(job) => Ok(cancel_in(tx, &job, now).await? != Cancellation::TooLate),
        None => Ok(false),
    }
}
