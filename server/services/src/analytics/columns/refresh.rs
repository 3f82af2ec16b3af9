//! The job that writes a shop's copy anew. Safe to run twice and to be killed: the copy before stays until the new one is whole.

use std::collections::BTreeSet;

use columns::{Build, FileEntry, Manifest, TABLES};
use domain::ids::MerchantId;
use sea_orm::QuerySelect as _;

use super::export::{Month, blocking, export_table, months};
use super::touched;
use crate::db::Tx;
use crate::jobs::{JobContext, JobError, JobResult, Outcome, Pulse};
use crate::{Result, ServiceError, Services};

/// Files that were written, and which version of the shop's data they hold.
pub(super) struct Written {
    build: Build,
    data_version: i64,
    changed_at: Option<i64>,
}

/// Brings a shop's copy to the version of its data.
pub(crate) async fn refresh_columns(context: &JobContext) -> JobResult {
    let (services, merchant) = (&context.services, context.merchant_id()?);
    // Files that went missing are the reason to try again as a whole.
    let anew = context.job.attempts > 1;
    let written = write(services, merchant, &context.attempt_name(), &context.pulse, anew).await?;
    let Some(written) = written else { return Ok(Outcome::Finished) };
    let tx = services.db.write(merchant).await.map_err(JobError::retry)?;
    context.hold(&tx).await?;
    publish(services, &tx, merchant, written).await.map_err(JobError::retry)?;
    context.close(&tx).await?;
    tx.commit().await.map_err(JobError::retry)?;
    Ok(Outcome::Closed)
}

/// Writes the files of a copy, all as of one moment; `None` when the copy that is there is of this version, unless it is to be written anew.
pub(super) async fn write(services: &Services, merchant: MerchantId, attempt: &str, pulse: &Pulse, anew: bool) -> Result<Option<Written>, JobError> {
    let tx = services.db.read(merchant).await.map_err(JobError::retry)?;
    let shop = entity::merchant::by_id(merchant).one(&*tx).await.map_err(JobError::retry)?;
    let Some(shop) = shop else { return Ok(None) };
    let (data_version, changed_at) = (shop.data_version, shop.data_changed_at);
    let before = services.columns.manifest(merchant).ok().flatten();
    let is_fresh = before.as_ref().is_some_and(|before| (before.data_version, before.changed_at) == (data_version, changed_at));
    if is_fresh && !anew {
        return Ok(None);
    }
    let mut build = services.columns.build(merchant, attempt).map_err(JobError::retry)?;
    let months = months(services, &tx, merchant).await.map_err(JobError::retry)?;
    let kept = match before.filter(|_| !anew) {
        Some(before) => kept(&tx, &shop, &before, &months).await.map_err(JobError::retry)?,
        None => Vec::new(),
    };
    for (done, table) in TABLES.iter().enumerate() {
        pulse.check()?;
        let is_kept = |month: i32| kept.iter().any(|file| file.table == table.name && file.month == Some(month));
        let written: Vec<i32> = months.iter().map(|month| month.month).filter(|month| !is_kept(*month)).collect();
        export_table(services, &tx, merchant, table, &written, &mut build).await.map_err(JobError::retry)?;
        pulse.set_progress(i32::try_from(100 * (done + 1) / (TABLES.len() + 1)).unwrap_or_default());
    }
    kept.into_iter().for_each(|file| build.add(file));
    Ok(Some(Written { build, data_version, changed_at }))
}

/// The files of months that no change has touched since; none of them where that is not known for certain.
async fn kept(tx: &Tx, shop: &entity::merchant::Model, before: &Manifest, months: &[Month]) -> Result<Vec<FileEntry>> {
    let Some(touched) = touched::since(tx, shop, before).await? else { return Ok(Vec::new()) };
    let is_untouched = |file: &&FileEntry| file.month.is_some_and(|month| !touched.contains(&month));
    let kept: Vec<FileEntry> = before.files.iter().filter(is_untouched).cloned().collect();
    // A change that forgot to tell what it touched shows in the counts.
    let rows = |table: &str, month: i32| kept.iter().find(|file| file.table == table && file.month == Some(month)).map(|file| file.rows);
    let untouched: Vec<&Month> = months.iter().filter(|month| !touched.contains(&month.month)).collect();
    let is_whole = untouched.len() * 2 == kept.len()
        && untouched.iter().all(|month| (rows("orders", month.month), rows("order_lines", month.month)) == (Some(month.orders), Some(month.lines)));
    if !is_whole {
        tracing::warn!(merchant.id = shop.id, "a columnar copy lacks rows that no change has touched; it is written anew as a whole");
        return Ok(Vec::new());
    }
    Ok(kept)
}

/// Makes written files the shop's copy, unless a newer one is there. The shop's row is locked meanwhile: one publishes at a time.
pub(super) async fn publish(services: &Services, tx: &Tx, merchant: MerchantId, written: Written) -> Result<bool> {
    let Some(shop) = entity::merchant::by_id(merchant).lock_exclusive().one(&**tx).await? else { return Ok(false) };
    let Written { build, data_version, changed_at } = written;
    let (current, now) = (shop.data_version, services.clock.now_ms());
    let is_new = blocking(move || build.publish(data_version, changed_at, current, now)).await?;
    if is_new {
        let of_copy = entity::merchant::Model { data_version, data_changed_at: changed_at, ..shop };
        touched::remember(tx, &of_copy, &BTreeSet::new()).await?;
        touched::forget_before(tx, merchant, data_version).await?;
    }
    tracing::info!(merchant.id = merchant.0, data.version = data_version, columns.is_new = is_new, "a columnar copy was written");
    Ok(is_new)
}

/// Removes files of copies that nobody needs any more.
pub(crate) async fn sweep_columns(services: &Services) -> Result<usize> {
    let (copies, now) = (services.columns.clone(), services.clock.now_ms());
    blocking(move || copies.sweep(now)).await
}

impl From<columns::ColumnsError> for ServiceError {
    fn from(error: columns::ColumnsError) -> Self {
        Self::Internal(error.into())
    }
}
