//! The sweep over stored files: what was read a week ago is packed, and what nothing needs any more goes.

use super::kept_file::kept_until;
use super::packed::{is_worth_packing, pack, packed_path};
use crate::context::Services;
use crate::error::Result;
use crate::jobs::Pulse;
use crate::sources::names;
use domain::sources::UploadStatus;
use entity::upload::Column;
use sea_orm::QuerySelect;
use std::collections::HashMap;
use std::fs::{self, DirEntry, File};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// A settled upload's file lies so long as it came: a person looks at its rows, or is helped with what went wrong.
pub(super) const AT_HAND_DAYS: i64 = 7;

/// Packs the files that were read a week ago; removes those that nothing needs, and what a killed process left behind a day ago. Answers how
/// many went.
pub(crate) async fn remove_old_files(services: &Services, pulse: Arc<Pulse>) -> Result<usize> {
    let now = services.clock.now_ms();
    let needs = needs(services, now).await?;
    let (uploads, work) = (names::uploads_folder(services), names::work_folder(services));
    let fresh = uploads.join(names::part_name(services.random.uuid_v7(now)));
    let sweep = move || {
        let old = UNIX_EPOCH + Duration::from_millis(u64::try_from(now - DAY_MS).unwrap_or_default());
        let removed = remove_older(&uploads, old, |name| needed(&needs, name).is_some()) + remove_older(&work, old, |_| false);
        pack_all(&uploads, &needs, &fresh, &pulse);
        removed
    };
    tokio::task::spawn_blocking(sweep).await.map_err(|error| anyhow::Error::from(error).into())
}

/// How a file that is needed lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    AsItCame,
    Packed,
}

/// The files that are needed, by the front of their names.
type Needs = HashMap<String, Lies>;

async fn needs(services: &Services, now: i64) -> Result<Needs> {
    let tx = services.db.system_read().await?;
    let columns = [Column::StoredName, Column::Status];
    let rows = entity::upload::everywhere().select_only().columns(columns).column(Column::FinishedAt);
    let rows = rows.into_tuple::<(String, String, Option<i64>)>().all(&*tx).await?;
    let lies = |(stored, status, finished): (String, String, Option<i64>)| {
        let status = UploadStatus::parse(&status)?;
        let lies = lies(status, finished, now, services.config.keep_files_days)?;
        Some((Path::new(&stored).file_stem()?.to_str()?.to_owned(), lies))
    };
    Ok(rows.into_iter().filter_map(lies).collect())
}

/// How an upload's file is to lie; `None` when nothing needs it any more.
fn lies(status: UploadStatus, finished_at: Option<i64>, now: i64, keep_days: Option<u32>) -> Option<Lies> {
    if kept_until(status, finished_at, keep_days).is_some_and(|until| until < now) {
        return None;
    }
    let is_read = status == UploadStatus::Completed && finished_at.is_some_and(|at| at < now - AT_HAND_DAYS * DAY_MS);
    Some(if is_read { Lies::Packed } else { Lies::AsItCame })
}

/// How the file of a name is to lie; one that is still coming in, or was left half packed, is nobody's yet.
fn needed(needs: &Needs, name: &str) -> Option<Lies> {
    let (front, ending) = name.rsplit_once('.')?;
    needs.get(front).copied().filter(|_| ending == "upload" || ending == "gz")
}

fn remove_older(folder: &Path, old: SystemTime, is_needed: impl Fn(&str) -> bool) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let is_old = |entry: &DirEntry| entry.metadata().and_then(|data| data.modified()).is_ok_and(|modified| modified < old);
    let is_needed = |entry: &DirEntry| is_needed(&entry.file_name().to_string_lossy());
    let remove = |entry: DirEntry| {
        let path = entry.path();
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }
    };
    entries.filter_map(Result::ok).filter(|entry| is_old(entry) && !is_needed(entry)).filter_map(|entry| remove(entry).ok()).count()
}

/// Packs one file after the other, until told to stop. What was packed by an earlier sweep loses the file as it came, which nobody reads any more.
fn pack_all(folder: &Path, needs: &Needs, fresh: &Path, pulse: &Pulse) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_due = |entry: &DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.ends_with(".upload") && needed(needs, &name) == Some(Lies::Packed)
    };
    for entry in entries.filter_map(Result::ok).filter(is_due) {
        if pulse.check().is_err() {
            return;
        }
        let stored = entry.path();
        let outcome = if packed_path(&stored).exists() { fs::remove_file(&stored) } else { pack_one(&stored, fresh, pulse) };
        if let Err(error) = outcome {
            tracing::warn!(error = %error, "a stored file was not packed; it lies as it came, and the next sweep tries again");
        }
    }
}

fn pack_one(stored: &Path, fresh: &Path, pulse: &Pulse) -> io::Result<()> {
    if !is_worth_packing(stored)? {
        return Ok(());
    }
    let packed = pack(stored, fresh, || pulse.check().is_ok()).and_then(|()| fs::rename(fresh, packed_path(stored)));
    if packed.is_err() {
        // Perhaps it was not even made.
        let _ = fs::remove_file(fresh);
    }
    packed?;
    stored.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_as_it_came_for_a_week_and_packed_as_long_as_it_counts() {
        let lies_after = |status, days: i64, keep| lies(status, Some(0), days * DAY_MS + 1, keep);
        assert!(lies_after(UploadStatus::Completed, 6, None) == Some(Lies::AsItCame));
        assert!(lies_after(UploadStatus::Completed, 7, None) == Some(Lies::Packed));
        assert!(lies_after(UploadStatus::Completed, 5_000, None) == Some(Lies::Packed));
        assert!(lies_after(UploadStatus::Completed, 29, Some(30)) == Some(Lies::Packed));
        assert!(lies_after(UploadStatus::Completed, 30, Some(30)).is_none());
        assert!(lies_after(UploadStatus::Completed, 2, Some(2)).is_none());
        for gone in [UploadStatus::Failed, UploadStatus::Undone] {
            assert!(lies_after(gone, 6, None) == Some(Lies::AsItCame) && lies_after(gone, 7, None).is_none());
        }
        assert!(lies(UploadStatus::NeedsMapping, Some(0), i64::MAX, Some(1)) == Some(Lies::AsItCame), "somebody is still asked about it");
        assert!(lies(UploadStatus::Queued, None, i64::MAX, Some(1)) == Some(Lies::AsItCame));
    }

    #[test]
    fn only_whole_files_of_uploads_are_needed() {
        let needs = Needs::from([("1".to_owned(), Lies::Packed)]);
        assert!(["1.upload", "1.gz"].iter().all(|name| needed(&needs, name) == Some(Lies::Packed)));
        assert!(["1.part", "2.upload", "2.gz", "1"].iter().all(|name| needed(&needs, name).is_none()));
    }
}
