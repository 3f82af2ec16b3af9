//! A file that cannot be read: the upload says why, the figures stay as they were, and the job has done its work.

use super::read::SalesFile;
use crate::jobs::{JobContext, JobError, JobResult, Outcome};
use domain::sources::UploadStatus;
use engine::ingestion::CleaningKind;
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

/// Settles the upload as failed, with a sentence.
pub(super) async fn refuse(context: &JobContext, sentence: &str) -> JobResult {
    settle(context, sentence, None).await
}

/// The same for a file of which no row could be read: its issues can be downloaded.
pub(super) async fn refuse_without_sales(context: &JobContext, file: SalesFile) -> JobResult {
    let sentence = match file.issues.first_reason() {
        Some(reason) => {
            let none = match file.issues.count() {
                1 => "its only row could not".to_owned(),
                count => format!("none of its {} could", domain::format::counted(count, "row", "rows")),
            };
            format!("{none} be read; the first problem is on {reason}")
        }
        None if file.cleaning.changed(CleaningKind::LeftOutByStatus) > 0 => {
            let rows = domain::format::counted(file.cleaning.changed(CleaningKind::LeftOutByStatus), "row", "rows");
            format!("nothing in it counts: all that it holds is {rows} of which, by their status, no money came")
        }
        None => "the file has column names but no rows below them".to_owned(),
    };
    settle(context, &sentence, Some(file)).await
}

async fn settle(context: &JobContext, sentence: &str, file: Option<SalesFile>) -> JobResult {
    let (services, merchant, upload) = (&context.services, context.merchant_id()?, context.id("upload_id")?);
    let tx = services.db.write(merchant).await.map_err(JobError::retry)?;
    context.hold(&tx).await?;
    if crate::sources::list_uploads::is_stored(&tx, merchant, upload).await.map_err(JobError::retry)? {
        // It was to be read again: what it brought the first time stands.
        return Err(JobError::fail(sentence.to_owned()));
    }
    let mut update = entity::upload::update(merchant)
        .filter(Column::Id.eq(upload))
        .col_expr(Column::Status, Expr::value(UploadStatus::Failed.as_str()))
        .col_expr(Column::Error, Expr::value(sentence))
        .col_expr(Column::FinishedAt, Expr::value(services.clock.now_ms()));
    let mut rows = 0;
    if let Some(file) = file {
        file.issues.store(&tx, &services.db, merchant, upload).await.map_err(JobError::retry)?;
        rows = file.issues.count();
    }
    // In place of the rows that were counted while it was read.
    update = update.col_expr(Column::RowsTotal, Expr::value(rows)).col_expr(Column::RowsRejected, Expr::value(rows));
    update.exec(&*tx).await.map_err(JobError::retry)?;
    crate::sources::tell(&tx, services, merchant, upload).await.map_err(JobError::retry)?;
    context.close(&tx).await?;
    tx.commit().await.map_err(JobError::retry)?;
    services.wake_workers();
    // The sentence quotes cells, which are the shop's and their customers' business: the log gets a fixed word.
    let reason = if rows > 0 { "no readable row" } else { "not readable" };
    tracing::info!(upload.id = %upload, reason, "a file was refused");
    Ok(Outcome::Closed)
}
