//! How an upload's row follows its job.

use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobKind, payload_id};
use domain::ids::{MerchantId, UploadId};
use domain::sources::UploadStatus;
use entity::job::Model as Job;
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ExprTrait, QueryFilter, UpdateMany};

/// A change to the upload that a job reads, as long as the upload is not settled.
fn unsettled(job: &Job) -> Option<UpdateMany<entity::upload::Entity>> {
    let open = [UploadStatus::Queued.as_str(), UploadStatus::Processing.as_str()];
    Some(upload_of(job)?.filter(Column::Status.is_in(open)))
}

fn upload_of(job: &Job) -> Option<UpdateMany<entity::upload::Entity>> {
    let id = payload_id(job, "upload_id").filter(|_| matches!(JobKind::parse(&job.kind), Some(JobKind::ProcessUpload | JobKind::UndoUpload)))?;
    Some(entity::upload::update(MerchantId(job.merchant_id?)).filter(Column::Id.eq(UploadId(id).0)))
}

/// Shows how far an upload is and how many of its rows are read; jobs of other kinds have no upload to show it on.
pub(crate) async fn show_progress(tx: &Tx, job: &Job, progress: i32, rows: i64) -> Result<()> {
    if let Some(update) = unsettled(job) {
        let mut update = update.col_expr(Column::Progress, Expr::value(progress));
        // Taking an upload back reads no rows, and those that it had stay told.
        if JobKind::parse(&job.kind) == Some(JobKind::ProcessUpload) {
            update = update.col_expr(Column::RowsTotal, Expr::value(rows));
        }
        update.exec(&**tx).await?;
    }
    Ok(())
}

/// The upload could not be read, and why.
pub(crate) async fn mark_failed(tx: &Tx, job: &Job, sentence: &str, now: i64) -> Result<()> {
    if let Some(update) = unsettled(job) {
        let sentence_of_again = format!("this did not work, and the figures are as they were: {sentence}");
        stand(tx, job, Some(sentence_of_again), now).await?;
        let update = update.col_expr(Column::Error, Expr::value(sentence));
        settle(tx, update, UploadStatus::Failed, now).await?;
    }
    Ok(())
}

/// An upload that the figures include already was to be read again or taken back and was not: it stands as it stood.
async fn stand(tx: &Tx, job: &Job, error: Option<String>, now: i64) -> Result<()> {
    let Some(update) = unsettled(job) else { return Ok(()) };
    let rows = Expr::col(Column::RowsAccepted).add(Expr::col(Column::RowsRejected)).add(Expr::col(Column::RowsDuplicate));
    let update = update.filter(Column::Sequence.is_not_null()).col_expr(Column::Error, Expr::value(error));
    let update = update.col_expr(Column::Status, Expr::value(UploadStatus::Completed.as_str())).col_expr(Column::FinishedAt, Expr::value(now));
    update.col_expr(Column::RowsTotal, rows).col_expr(Column::Progress, Expr::value(100)).exec(&**tx).await?;
    Ok(())
}

/// The upload was taken back before it was read.
pub(crate) async fn mark_undone(tx: &Tx, job: &Job, now: i64) -> Result<()> {
    if let Some(update) = unsettled(job) {
        stand(tx, job, None, now).await?;
        settle(tx, update, UploadStatus::Undone, now).await?;
    }
    Ok(())
}

/// The upload is tried again.
pub(crate) async fn mark_queued(tx: &Tx, job: &Job) -> Result<()> {
    if let Some(update) = upload_of(job) {
        let ended = Column::Status.is_in([UploadStatus::Failed.as_str(), UploadStatus::Undone.as_str()]);
        let again = Condition::any().add(ended).add(Column::Sequence.is_not_null());
        update
            .filter(again)
            .col_expr(Column::Status, Expr::value(UploadStatus::Queued.as_str()))
            .col_expr(Column::Error, Expr::value(Option::<String>::None))
            .col_expr(Column::FinishedAt, Expr::value(Option::<i64>::None))
            .col_expr(Column::Progress, Expr::value(0))
            .col_expr(Column::RowsTotal, Expr::value(0_i64))
            .exec(&**tx)
            .await?;
    }
    Ok(())
}

async fn settle(tx: &Tx, update: UpdateMany<entity::upload::Entity>, status: UploadStatus, now: i64) -> Result<()> {
    let update = update.col_expr(Column::Status, Expr::value(status.as_str())).col_expr(Column::FinishedAt, Expr::value(now));
    // Nothing came of the rows that were read.
    update.col_expr(Column::RowsTotal, Expr::value(0_i64)).exec(&**tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{Founding, found_shop};
    use crate::clock::ManualClock;
    use crate::config::ServicesConfig;
    use crate::random::SystemRandom;
    use crate::sources::{UploadWriter, get_upload};
    use crate::{Actor, Services};
    use std::sync::Arc;

    #[tokio::test]
    async fn rows_are_counted_while_a_file_is_read_and_forgotten_when_nothing_came_of_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(ManualClock::at(1_768_478_400_000));
        let services = Services::start_with(ServicesConfig::embedded(folder.path()), clock, Arc::new(SystemRandom)).await.expect("started");
        let founding = Founding {
            name: "Shop".to_owned(),
            currency: "GBP".parse().expect("a currency"),
            time_zone: "Europe/London".to_owned(),
            is_demo: false,
            email: "ada@example.com".to_owned(),
            password: "correct horse battery staple".to_owned(),
        };
        let owner = Actor::program(found_shop(&services, founding).await.expect("founded").0);
        let mut writer = UploadWriter::create(&services, &owner, "may.csv", None).await.expect("begun");
        writer.write(b"Order ID,Total").await.expect("taken");
        let upload = writer.finish().await.expect("kept");

        let tx = services.db.system_write().await.expect("a transaction");
        let job = entity::job::everywhere().one(&*tx).await.expect("jobs read").expect("a job");
        show_progress(&tx, &job, 40, 8_192).await.expect("shown");
        tx.commit().await.expect("committed");
        let reading = get_upload(&services, &owner, upload.id).await.expect("it is there");
        assert_eq!((reading.progress, reading.rows_total), (40, 8_192));

        let undo = entity::job::Model { kind: JobKind::UndoUpload.as_str().to_owned(), ..job.clone() };
        let tx = services.db.system_write().await.expect("a transaction");
        show_progress(&tx, &undo, 10, 0).await.expect("shown");
        tx.commit().await.expect("committed");
        let undoing = get_upload(&services, &owner, upload.id).await.expect("it is there");
        assert_eq!((undoing.progress, undoing.rows_total), (10, 8_192));

        let tx = services.db.system_write().await.expect("a transaction");
        mark_failed(&tx, &job, "it broke", 1).await.expect("marked");
        tx.commit().await.expect("committed");
        assert_eq!(get_upload(&services, &owner, upload.id).await.expect("it is there").rows_total, 0);
    }
}
