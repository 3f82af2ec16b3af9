//! A folder whose files are imported: each once, whoever else watches and whenever the program is killed.

use domain::sources::{UploadStatus, UploadSummary};
use futures::TryStreamExt;
use services::sources::{self, ImportOptions};
use services::{Actor, Result, Services};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often the folder is looked at; a file of the same size at two looks has arrived whole.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What a file was like at a look.
type Shape = (u64, i64, i64);

/// A folder with `done` and `failed` in it.
pub(super) struct Watch {
    folder: PathBuf,
    seen: BTreeMap<PathBuf, Shape>,
}

impl Watch {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        for name in ["done", "failed"] {
            std::fs::create_dir_all(folder.join(name))?;
        }
        Ok(Self { folder: folder.to_owned(), seen: BTreeMap::new() })
    }

    /// The files that stopped growing since the last look.
    pub(super) fn ready(&mut self) -> io::Result<Vec<PathBuf>> {
        let (mut now, mut ready) = (BTreeMap::new(), Vec::new());
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(data) = entry.metadata() else { continue };
            if is_hidden || !data.is_file() {
                continue;
            }
            let shape = (data.len(), data.mtime(), data.mtime_nsec());
            if self.seen.get(&entry.path()) == Some(&shape) {
                ready.push(entry.path());
            }
            now.insert(entry.path(), shape);
        }
        self.seen = now;
        ready.sort_unstable();
        Ok(ready)
    }

    /// Imports a file and moves it away; `None` when another watcher has it or had it.
    pub(super) async fn import(&self, services: &Services, actor: &Actor, path: &Path, options: &ImportOptions) -> Result<Option<UploadSummary>> {
        let Some(_held) = hold(path)? else { return Ok(None) };
        // Killed before it is moved, the file is found again and is the same upload.
        let options = ImportOptions { request_key: Some(key(path, options)?), ..options.clone() };
        let upload = sources::import_file_with(services, actor, path, options).await?;
        let is_read = upload.status == UploadStatus::Completed;
        let folder = self.folder.join(if is_read { "done" } else { "failed" });
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = if folder.join(&name).exists() { format!("{}-{name}", upload.id) } else { name };
        if upload.rows_rejected > 0 {
            write_issues(services, actor, &upload, &folder.join(format!("{name}.issues.csv"))).await?;
        }
        if !is_read {
            let why = "its columns were not recognised; say in the browser, under Uploads, what they mean";
            std::fs::write(folder.join(format!("{name}.error.txt")), format!("{}\n", upload.error.as_deref().unwrap_or(why)))?;
        }
        std::fs::rename(path, folder.join(name))?;
        Ok(Some(upload))
    }
}

/// The file, locked until dropped; `None` when another has it or has moved it.
fn hold(path: &Path) -> io::Result<Option<File>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if file.try_lock().is_err() {
        return Ok(None);
    }
    let (held, there) = (file.metadata()?, std::fs::metadata(path));
    let is_same = there.is_ok_and(|there| (there.dev(), there.ino()) == (held.dev(), held.ino()));
    Ok(is_same.then_some(file))
}

/// A key that the same file in the same place has again, when it is to do the same.
fn key(path: &Path, options: &ImportOptions) -> io::Result<String> {
    let data = std::fs::metadata(path)?;
    let place = format!("{}\n{} {} {} {:?} {}", path.display(), data.ino(), data.mtime(), data.mtime_nsec(), options.source, options.mode.as_str());
    let hash: String = Sha256::digest(place.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("watch:{hash}"))
}

async fn write_issues(services: &Services, actor: &Actor, upload: &UploadSummary, path: &Path) -> Result<()> {
    let mut rows = std::pin::pin!(sources::issues_csv(services, actor, upload.id).await?);
    let mut file = File::create(path)?;
    while let Some(block) = rows.try_next().await? {
        file.write_all(&block)?;
    }
    Ok(())
}
