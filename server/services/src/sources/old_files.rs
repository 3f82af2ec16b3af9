//! Files that nothing needs any more.

use super::names;
use crate::context::Services;
use crate::error::Result;
use domain::sources::UploadStatus;
use entity::upload::Column;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// A settled upload's file is kept this long, so that a person can still be helped with it.
const KEPT_DAYS: i64 = 7;

/// Removes uploaded files that were settled a week ago, and what a killed process left behind a day ago; answers how many.
pub(crate) async fn remove_old_files(services: &Services) -> Result<usize> {
    let now = services.clock.now_ms();
    let needed = needed_files(services, now - KEPT_DAYS * DAY_MS).await?;
    let (uploads, work) = (names::uploads_folder(services), names::work_folder(services));
    let sweep = move || {
        let old = UNIX_EPOCH + Duration::from_millis(u64::try_from(now - DAY_MS).unwrap_or_default());
        remove_older(&uploads, old, &needed) + remove_older(&work, old, &BTreeSet::new())
    };
    tokio::task::spawn_blocking(sweep).await.map_err(|error| anyhow::Error::from(error).into())
}

async fn needed_files(services: &Services, settled_after: i64) -> Result<BTreeSet<String>> {
    let settled = UploadStatus::ALL.into_iter().filter(|status| status.is_settled() && *status != UploadStatus::NeedsMapping);
    let open = Column::Status.is_not_in(settled.map(UploadStatus::as_str));
    let needed = Condition::any().add(open).add(Column::FinishedAt.gte(settled_after));
    let tx = services.db.system_read().await?;
    let names = entity::upload::everywhere().filter(needed).select_only().column(Column::StoredName).into_tuple::<String>().all(&*tx).await?;
    Ok(names.into_iter().collect())
}

fn remove_older(folder: &Path, old: std::time::SystemTime, needed: &BTreeSet<String>) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let is_old = |entry: &std::fs::DirEntry| entry.metadata().and_then(|data| data.modified()).is_ok_and(|modified| modified < old);
    let is_needed = |entry: &std::fs::DirEntry| needed.contains(&*entry.file_name().to_string_lossy());
    let remove = |entry: std::fs::DirEntry| {
        let path = entry.path();
        if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) }
    };
    entries.filter_map(std::result::Result::ok).filter(|entry| is_old(entry) && !is_needed(entry)).filter_map(|entry| remove(entry).ok()).count()
}
