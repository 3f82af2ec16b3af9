//! Taking an upload back after it was read: asked for by a person, done by a job in one transaction.

use crate::actor::Actor;
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobContext, JobError, JobKind, JobResult, NewJob, Outcome, enqueue};
use crate::sources::history::take_back;
use crate::sources::list_uploads::{can_undo, own_upload, summary};
use crate::sources::refunds::{Concerned, count_once};
use domain::ids::{JobId, MerchantId, UploadId};
use domain::sources::{Mapping, UploadStatus, UploadSummary};
use domain::{AppError, Permission};
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect};

/// Asks for an upload to be taken back: soon the figures are as though it had never been.
pub async fn undo_upload(services: &Services, actor: &Actor, id: UploadId) -> Result<UploadSummary> {
    actor.require(Permission::AddData)?;
    let tx = services.db.write(actor.merchant_id).await?;
    refuse_unless_possible(&tx, actor, id).await?;
    let job = NewJob {
        merchant_id: Some(actor.merchant_id),
        kind: JobKind::UndoUpload,
        payload: serde_json::json!({ "upload_id": id.0 }),
        dedup_key: Some(format!("undo:{}", id.0)),
        run_at: None,
        max_attempts: 8,
    };
    let job = enqueue(&tx, services, job).await?;
    wait_for(&tx, actor.merchant_id, id, job, None).await?;
    let upload = own_upload(&tx, actor, id).await?;
    tx.commit().await?;
    services.wake_workers();
    Ok(summary(upload))
}

/// Only what was read whole, with a history, can be taken back or read again.
pub(in crate::sources) async fn refuse_unless_possible(tx: &Tx, actor: &Actor, id: UploadId) -> Result<entity::upload::Model> {
    let upload = own_upload(tx, actor, id).await?;
    if can_undo(&upload) {
        return Ok(upload);
    }
    let why = match crate::sources::list_uploads::status(&upload) {
        UploadStatus::Completed => "what this upload brought cannot be told apart any more: it was read by an earlier version of the program",
        UploadStatus::Undone => "this upload is taken back already",
        _ => "this upload is not in the figures",
    };
    Err(AppError::conflict(why).into())
}

/// The upload waits for a job; meanwhile the figures include it.
pub(in crate::sources) async fn wait_for(tx: &Tx, merchant: MerchantId, id: UploadId, job: JobId, mapping: Option<&Mapping>) -> Result<()> {
    let mut update = entity::upload::update(merchant)
        .filter(Column::Id.eq(id.0))
        .col_expr(Column::Status, Expr::value(UploadStatus::Queued.as_str()))
        .col_expr(Column::JobId, Expr::value(job.0))
        .col_expr(Column::Progress, Expr::value(0))
        .col_expr(Column::Error, Expr::value(Option::<String>::None))
        .col_expr(Column::FinishedAt, Expr::value(Option::<i64>::None));
    if let Some(mapping) = mapping {
        update = update.col_expr(Column::Mapping, Expr::value(serde_json::to_string(mapping)?));
    }
    update.exec(&**tx).await?;
    Ok(())
}

/// The job: facts, the upload's row and the job's end in one transaction.
pub(crate) async fn undo(context: &JobContext) -> JobResult {
    let (merchant, id) = (context.merchant_id()?, UploadId(context.id("upload_id")?));
    let now = context.services.clock.now_ms();
    tracing::debug!(upload.id = %id.0, "an upload is being taken back");
    let tx = context.services.db.write(merchant).await.map_err(JobError::retry)?;
    context.hold(&tx).await?;
    let shop = entity::merchant::by_id(merchant).lock_exclusive().one(&*tx).await.map_err(JobError::retry)?;
    let shop = shop.ok_or_else(|| JobError::fail("the shop is not there any more"))?;
    let upload = entity::upload::by_id(merchant, id).one(&*tx).await.map_err(JobError::retry)?;
    if upload.is_some_and(|upload| upload.sequence.is_some()) {
        take_back(context, &tx, &shop, id.0).await?;
        count_once(&tx, merchant, &Concerned::All, id.0).await.map_err(JobError::retry)?;
        note(&tx, merchant, id, now).await.map_err(JobError::retry)?;
    }
    crate::analytics::facts_changed(&context.services, &tx, merchant).await.map_err(JobError::retry)?;
    context.close(&tx).await?;
    tx.commit().await.map_err(JobError::retry)?;
    context.services.wake_workers();
    tracing::info!(upload.id = %id.0, "an upload was taken back");
    Ok(Outcome::Closed)
}

async fn note(tx: &Tx, merchant: MerchantId, id: UploadId, now: i64) -> Result<()> {
    use entity::merchant::Column as Shop;
    entity::upload::update(merchant)
        .filter(Column::Id.eq(id.0))
        .col_expr(Column::Status, Expr::value(UploadStatus::Undone.as_str()))
        .col_expr(Column::Sequence, Expr::value(Option::<i64>::None))
        .col_expr(Column::Progress, Expr::value(100))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .exec(&**tx)
        .await?;
    entity::merchant::update(merchant)
        .col_expr(Shop::DataVersion, Expr::col(Shop::DataVersion).add(1))
        .col_expr(Shop::DataChangedAt, Expr::value(Some(now)))
        .exec(&**tx)
        .await?;
    Ok(())
}
