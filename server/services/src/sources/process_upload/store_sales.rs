//! The last step: all that the file says becomes facts in one transaction, together with the upload's counts and the job's end.

use super::Stop;
use super::quality_report::quality_report;
use super::read::{Sales, SalesFile};
use super::remarks::{self, remarks};
use super::told_twice::{refunded_twice, told_twice};
use crate::analytics::Touched;
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobContext, JobError, Outcome};
use crate::sources::Store;
use crate::sources::history::take_back;
use crate::sources::notices::tell;
use crate::sources::records::FactSpool;
use crate::sources::spool::Spool;
use crate::sources::store::{Seen, Totals};
use domain::ids::MerchantId;
use domain::sources::{UploadMode, UploadStatus};
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use std::sync::Arc;

/// From here on the file is read and the rest of the way is storing.
const READ_PERCENT: usize = 70;
/// After so many new rows the database's own notion of its tables is wrong.
const MANY_ROWS: i64 = 10_000;
/// So many facts are compared with what is there at once.
const FACTS_AT_ONCE: usize = 4_000;

/// Stores the file, or nothing of it.
pub(super) async fn store(context: &JobContext, mut file: Box<SalesFile>) -> Result<Outcome, Stop> {
    context.pulse.set_progress(READ_PERCENT as i32);
    tracing::debug!(upload.id = %file.upload.id, "a file is being stored");
    let merchant = context.merchant_id()?;
    let tx = context.services.db.write(merchant).await.map_err(JobError::retry)?;
    context.hold(&tx).await?;
    let sales = std::mem::replace(&mut file.sales, Sales::InMemory(Box::default()));
    if file.upload.sequence.is_some() {
        // Read again: what the former reading brought goes in the same transaction, so that the figures are never in between.
        remove_former(context, &tx, &file).await?;
    }
    let mode = UploadMode::parse(&file.upload.mode).unwrap_or_default();
    let store = Store::open(&tx, &context.services, merchant, file.upload.id, &file.source).await.map_err(JobError::retry)?;
    let mut store = store.in_mode(mode).without(file.issues.take_unread()).in_place_of_former(file.upload.sequence.is_some());
    if store.time_zone() != file.time_zone {
        // The days in this file were read in the zone of before; the next attempt reads it in the new one.
        return Err(JobError::retry(anyhow::anyhow!("the shop's time zone changed while a file was read")).into());
    }
    let first_new_order = store.next_order_id();
    match sales {
        Sales::InMemory(book) => store.add(*book).await.map_err(JobError::retry)?,
        Sales::Spooled(spool) => add_partitions(context, &mut store, spool).await?,
        Sales::Facts(spool) => add_facts(context, &mut store, &spool, &file).await?,
    }
    if let Some(sentence) = store.replace_period().await.map_err(JobError::retry)? {
        return Err(Stop::File(sentence));
    }
    let source_id = store.source_id();
    let totals = store.close(context.services.clock.now_ms()).await.map_err(JobError::retry)?;
    check_all_stored(&totals, file.rows_read)?;
    file.issues.store(&tx, &context.services.db, merchant, file.upload.id).await.map_err(JobError::retry)?;
    let quality = quality_report(&tx, &mut file, source_id, first_new_order).await.map_err(JobError::retry)?;
    complete(context, &tx, &file, source_id, &totals, quality).await.map_err(JobError::retry)?;
    tell(&tx, &context.services, merchant, file.upload.id).await.map_err(JobError::retry)?;
    let what = touched_by(&file, &totals);
    crate::analytics::touched(&context.services, &tx, merchant, what).await.map_err(JobError::retry)?;
    context.close(&tx).await?;
    tx.commit().await.map_err(JobError::retry)?;
    context.services.wake_workers();
    if totals.accepted >= MANY_ROWS {
        context.services.db.weigh_facts().await;
    }
    tracing::info!(upload.id = %file.upload.id, rows.accepted = totals.accepted, rows.duplicate = totals.duplicate, "a file was read");
    Ok(Outcome::Closed)
}

/// What a first reading touched is known; what goes with a former reading, or with other modes of reading, is not.
fn touched_by(file: &SalesFile, totals: &Totals) -> Touched {
    let is_first = file.upload.sequence.is_none() && file.upload.mode == UploadMode::Upsert.as_str();
    if is_first { Touched::Months(totals.months.clone()) } else { Touched::Whole }
}

async fn remove_former(context: &JobContext, tx: &Tx, file: &SalesFile) -> Result<(), JobError> {
    let merchant = MerchantId(file.upload.merchant_id);
    let shop = entity::merchant::by_id(merchant).lock_exclusive().one(&**tx).await.map_err(JobError::retry)?;
    let shop = shop.ok_or_else(|| JobError::fail("the shop is not there any more"))?;
    take_back(context, tx, &shop, file.upload.id).await?;
    let issues = entity::upload_issue::delete(merchant).filter(entity::upload_issue::Column::UploadId.eq(file.upload.id));
    issues.exec(&**tx).await.map_err(JobError::retry)?;
    Ok(())
}

async fn add_partitions(context: &JobContext, store: &mut Store<'_>, spool: Spool) -> Result<(), Stop> {
    let spool = Arc::new(spool);
    for partition in 0..spool.len() {
        context.pulse.check()?;
        let part = spool.clone();
        let book = tokio::task::spawn_blocking(move || part.book(partition)).await.map_err(|error| JobError::retry(anyhow::Error::from(error)))?;
        store.add(book?).await.map_err(JobError::retry)?;
        let percent = READ_PERCENT + (100 - READ_PERCENT) * (partition + 1) / (spool.len() + 1);
        context.pulse.set_progress(i32::try_from(percent).unwrap_or_default());
    }
    Ok(())
}

async fn add_facts(context: &JobContext, store: &mut Store<'_>, spool: &FactSpool, file: &SalesFile) -> Result<(), Stop> {
    let (mut chunks, mut seen, mut stored) = (spool.read().map_err(JobError::retry)?, Seen::default(), 0);
    loop {
        context.pulse.check()?;
        let facts = chunks.next(FACTS_AT_ONCE).map_err(JobError::retry)?;
        if facts.is_empty() {
            return Ok(());
        }
        stored += facts.len();
        store.add_facts(facts, file.upload.created_at, &mut seen).await.map_err(JobError::retry)?;
        let percent = READ_PERCENT + (100 - READ_PERCENT) * stored / (stored + FACTS_AT_ONCE).max(usize::try_from(file.rows_read).unwrap_or(0));
        context.pulse.set_progress(i32::try_from(percent).unwrap_or_default());
    }
}

/// Each row that was read is stored or known; a disk that lost some of them must not pass for a smaller file.
fn check_all_stored(totals: &Totals, rows_read: i64) -> Result<(), JobError> {
    let rows = totals.accepted + totals.duplicate;
    if rows == rows_read { Ok(()) } else { Err(JobError::retry(anyhow::anyhow!("{rows_read} rows were read, but {rows} came to be stored"))) }
}

async fn complete(context: &JobContext, tx: &Tx, file: &SalesFile, source_id: i32, totals: &Totals, quality: Option<String>) -> Result<()> {
    let merchant = MerchantId(file.upload.merchant_id);
    let shop = entity::merchant::by_id(merchant).one(&**tx).await?;
    let mut said = file.remarks.clone();
    said.extend(remarks::of_mode(totals, file.kind, UploadMode::parse(&file.upload.mode).unwrap_or_default()));
    said.extend(remarks(totals, file.kind, shop.as_ref().map_or("", |shop| &shop.currency)));
    said.extend(told_twice(tx, file, source_id).await?);
    said.extend(refunded_twice(tx, file, source_id).await?);
    entity::upload::update(merchant)
        .filter(Column::Id.eq(file.upload.id))
        .col_expr(Column::Status, Expr::value(UploadStatus::Completed.as_str()))
        .col_expr(Column::SourceId, Expr::value(source_id))
        .col_expr(Column::Vendor, Expr::value(file.source.vendor.clone()))
        .col_expr(Column::Kind, Expr::value(file.kind.as_str()))
        .col_expr(Column::Remarks, Expr::value(serde_json::to_string(&said)?))
        .col_expr(Column::RowsTotal, Expr::value(file.rows_read + file.issues.count()))
        .col_expr(Column::RowsAccepted, Expr::value(totals.accepted))
        .col_expr(Column::RowsRejected, Expr::value(file.issues.count()))
        .col_expr(Column::RowsDuplicate, Expr::value(totals.duplicate))
        .col_expr(Column::OrdersNew, Expr::value(totals.orders_new))
        .col_expr(Column::OrdersUpdated, Expr::value(totals.orders_updated))
        .col_expr(Column::FirstDay, Expr::value(totals.days.map(|(first, _)| first.0)))
        .col_expr(Column::LastDay, Expr::value(totals.days.map(|(_, last)| last.0)))
        .col_expr(Column::NetSales, Expr::value(serde_json::to_string(&totals.net_sales())?))
        .col_expr(Column::Quality, Expr::value(quality))
        .col_expr(Column::Cleaning, Expr::value(serde_json::to_string(&totals.cleaned(&file.cleaning).steps())?))
        .col_expr(Column::Progress, Expr::value(100))
        .col_expr(Column::Error, Expr::value(Option::<String>::None))
        .col_expr(Column::FinishedAt, Expr::value(context.services.clock.now_ms()))
        .exec(&**tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_went_missing_on_the_way_stop_the_import() {
        let totals = Totals { accepted: 7, duplicate: 3, ..Totals::default() };
        assert!(check_all_stored(&totals, 10).is_ok());
        assert!(matches!(check_all_stored(&totals, 11), Err(JobError::Retry(_))));
    }
}
