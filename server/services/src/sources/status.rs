//! How an upload's row follows its job.

use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobKind, payload_id};
use domain::ids::{MerchantId, UploadId};
use domain::sources::UploadStatus;
use entity::job::Model as Job;
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, UpdateMany};

/// A change to the upload that a job reads, as long as the upload is not settled.
fn unsettled(job: &Job) -> Option<UpdateMany<entity::upload::Entity>> {
    let open = [UploadStatus::Queued.as_str(), UploadStatus::Processing.as_str()];
    Some(upload_of(job)?.filter(Column::Status.is_in(open)))
}

fn upload_of(job: &Job) -> Option<UpdateMany<entity::upload::Entity>> {
    let id = payload_id(job, "upload_id").filter(|_| JobKind::parse(&job.kind) == Some(JobKind::ProcessUpload))?;
    Some(entity::upload::update(MerchantId(job.merchant_id?)).filter(Column::Id.eq(UploadId(id).0)))
}

/// Shows how far an upload is; jobs of other kinds have no upload to show it on.
pub(crate) async fn show_progress(tx: &Tx, job: &Job, progress: i32) -> Result<()> {
    if let Some(update) = unsettled(job) {
        update.col_expr(Column::Progress, Expr::value(progress)).exec(&**tx).await?;
    }
    Ok(())
}

/// The upload could not be read, and why.
pub(crate) async fn mark_failed(tx: &Tx, job: &Job, sentence: &str, now: i64) -> Result<()> {
    if let Some(update) = unsettled(job) {
        let update = update.col_expr(Column::Error, Expr::value(sentence));
        settle(tx, update, UploadStatus::Failed, now).await?;
    }
    Ok(())
}

/// The upload was taken back before it was read.
pub(crate) async fn mark_undone(tx: &Tx, job: &Job, now: i64) -> Result<()> {
    if let Some(update) = unsettled(job) {
        settle(tx, update, UploadStatus::Undone, now).await?;
    }
    Ok(())
}

/// The upload is tried again.
pub(crate) async fn mark_queued(tx: &Tx, job: &Job) -> Result<()> {
    if let Some(update) = upload_of(job) {
        update
            .filter(Column::Status.is_in([UploadStatus::Failed.as_str(), UploadStatus::Undone.as_str()]))
            .col_expr(Column::Status, Expr::value(UploadStatus::Queued.as_str()))
            .col_expr(Column::Error, Expr::value(Option::<String>::None))
            .col_expr(Column::FinishedAt, Expr::value(Option::<i64>::None))
            .col_expr(Column::Progress, Expr::value(0))
            .exec(&**tx)
            .await?;
    }
    Ok(())
}

async fn settle(tx: &Tx, update: UpdateMany<entity::upload::Entity>, status: UploadStatus, now: i64) -> Result<()> {
    let update = update.col_expr(Column::Status, Expr::value(status.as_str())).col_expr(Column::FinishedAt, Expr::value(now));
    update.exec(&**tx).await?;
    Ok(())
}
