//! Building a shop's copy anew: files aside under names of their own, then one manifest that names them.

use crate::error::ColumnsError;
use crate::files::{Attempts, KEPT_MS, folder_of, sweep};
use crate::manifest::{FileEntry, Manifest};
use crate::tables::Table;
use crate::writer::TableWriter;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A copy in the making. Dropped before it is published, it leaves nothing behind; killed, its files go with the next sweep.
pub struct Build {
    folder: PathBuf,
    attempt: String,
    attempts: Attempts,
    entries: Vec<FileEntry>,
    /// Those of this attempt alone.
    written: Vec<PathBuf>,
}

impl Build {
    /// Begins a copy of a merchant; `attempt` is a name that no other attempt has.
    pub(crate) fn begin(root: &Path, merchant: i64, attempt: &str, attempts: &Attempts) -> Result<Self, ColumnsError> {
        let folder = folder_of(root, merchant);
        fs::create_dir_all(&folder)?;
        attempts.begin(attempt);
        Ok(Self { folder, attempt: attempt.to_owned(), attempts: attempts.clone(), entries: Vec::new(), written: Vec::new() })
    }

    /// A file for rows of a table, of one month where the table is by month.
    pub fn writer(&mut self, table: &'static Table, month: Option<i32>) -> Result<TableWriter, ColumnsError> {
        let month_in_name = month.map(|month| format!("-{month}")).unwrap_or_default();
        let name = format!("{}{month_in_name}-{}.parquet", table.name, self.attempt);
        let path = self.folder.join(&name);
        self.written.push(path.clone());
        TableWriter::create(table, path, name, month)
    }

    /// A file that was finished.
    pub fn add(&mut self, entry: FileEntry) {
        self.entries.push(entry);
    }

    /// Makes it the shop's copy, unless the one that is there is newer; answers whether it did.
    ///
    /// `current_version` is the version of the shop's data now: a copy that claims a later one is of another time line and is replaced.
    /// The caller sees to it that no two publish for one shop at once.
    pub fn publish(mut self, data_version: i64, changed_at: Option<i64>, current_version: i64, now_ms: i64) -> Result<bool, ColumnsError> {
        let before = Manifest::read(&self.folder).ok().flatten();
        if before.as_ref().is_some_and(|before| before.data_version > data_version && before.data_version <= current_version) {
            return Ok(false);
        }
        self.check_files()?;
        let mut manifest = Manifest::new(data_version, changed_at, std::mem::take(&mut self.entries));
        manifest.replaced = replaced(before, &manifest, now_ms);
        manifest.write(&self.folder)?;
        self.written.clear();
        sweep(&self.folder, &manifest, &self.attempts, now_ms)?;
        Ok(true)
    }

    /// A manifest names no file that is not whole: another attempt may have swept ours away.
    fn check_files(&self) -> Result<(), ColumnsError> {
        for entry in &self.entries {
            if fs::metadata(self.folder.join(&entry.name))?.len() != entry.bytes {
                return Err(ColumnsError::Inside(format!("{} is not as long as it was written", entry.name)));
            }
        }
        Ok(())
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        self.attempts.end(&self.attempt);
        for path in &self.written {
            // What cannot be removed now goes with the next sweep.
            let _ = fs::remove_file(path);
        }
    }
}

/// What another process may still read: the files of the manifest before, and those it had replaced itself a moment ago.
fn replaced(before: Option<Manifest>, manifest: &Manifest, now_ms: i64) -> Vec<(String, i64)> {
    let Some(before) = before else { return Vec::new() };
    let current: HashSet<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    let earlier = before.replaced.into_iter().filter(|(_, at)| now_ms - at < KEPT_MS);
    let just_now = before.files.into_iter().map(|file| (file.name, now_ms));
    earlier.chain(just_now).filter(|(name, _)| !current.contains(name.as_str())).collect()
}
