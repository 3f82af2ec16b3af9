//! The files of a shop's folder: which of them nobody needs any more.

use crate::error::ColumnsError;
use crate::manifest::Manifest;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// How long a replaced file stays: longer than any query runs, in this process or another.
pub(crate) const KEPT_MS: i64 = 10 * 60 * 1000;

/// The folder of a shop.
pub(crate) fn folder_of(root: &Path, merchant: i64) -> PathBuf {
    root.join(merchant.to_string())
}

/// The attempts that write a copy in this process right now: their files are in no manifest yet.
#[derive(Clone, Default)]
pub(crate) struct Attempts(Arc<Mutex<HashSet<String>>>);

impl Attempts {
    pub(crate) fn begin(&self, attempt: &str) {
        self.lock().insert(attempt.to_owned());
    }

    pub(crate) fn end(&self, attempt: &str) {
        self.lock().remove(attempt);
    }

    fn wrote(&self, file: &str) -> bool {
        self.lock().iter().any(|attempt| file.ends_with(&format!("-{attempt}.parquet")))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.0.lock().expect("nobody panics while holding the attempts")
    }
}

/// Removes what is neither of the manifest nor replaced a moment ago nor being written: older files and those of attempts that were killed.
pub(crate) fn sweep(folder: &Path, manifest: &Manifest, attempts: &Attempts, now_ms: i64) -> Result<usize, ColumnsError> {
    let current = manifest.files.iter().map(|file| file.name.as_str());
    let lately = manifest.replaced.iter().filter(|(_, at)| now_ms - at < KEPT_MS).map(|(name, _)| name.as_str());
    let kept: HashSet<&str> = current.chain(lately).collect();
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let is_left_over = name.to_str().is_some_and(|name| name.ends_with(".parquet") && !kept.contains(name) && !attempts.wrote(name));
        if is_left_over {
            removed += usize::from(fs::remove_file(folder.join(name)).is_ok());
        }
    }
    Ok(removed)
}
