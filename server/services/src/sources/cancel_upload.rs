//! Taking an upload back before it is read.

use super::list_uploads::{own_upload, status, summary};
use crate::actor::Actor;
use crate::context::Services;
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
    let is_too_late = match status(&upload) {
        UploadStatus::NeedsMapping => {
            let undone = entity::upload::update(actor.merchant_id).filter(Column::Id.eq(id.0));
            undone
                .col_expr(Column::Status, Expr::value(UploadStatus::Undone.as_str()))
                .col_expr(Column::FinishedAt, Expr::value(now))
                .exec(&*tx)
                .await?;
            false
        }
        UploadStatus::Queued | UploadStatus::Processing => match upload.job_id {
            Some(job) => match entity::job::by_id(actor.merchant_id, JobId(job)).one(&*tx).await? {
                Some(job) => cancel_in(&tx, &job, now).await? == Cancellation::TooLate,
                None => true,
            },
            None => true,
        },
        UploadStatus::Completed | UploadStatus::Failed | UploadStatus::Undone => true,
    };
    if is_too_late {
        return Err(AppError::conflict("this upload is settled already; there is nothing to cancel").into());
    }
    let upload = own_upload(&tx, actor, id).await?;
    tx.commit().await?;
    Ok(summary(upload))
}
