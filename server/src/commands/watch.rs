//! A folder whose files are imported: each once, whoever else watches and whenever the program is killed.

use super::watched_files::{Shape, Waiting, hold, key};
use domain::ErrorKind;
use domain::sources::{UploadStatus, UploadSummary};
use futures::TryStreamExt;
use services::sources::{self, ImportOptions};
use services::{Actor, Result, ServiceError, Services};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often the folder is looked at, at most.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A folder with `done` and `failed` in it.
pub(super) struct Watch {
    folder: PathBuf,
    waiting: Waiting,
    quiet: Duration,
}

/// What became of a file.
pub(super) enum Taken {
    /// It was read as it is, and put away.
    Read(UploadSummary),
    /// It changed while it was read: it stays, and is read again once it is whole. What was there already is not counted twice.
    Growing(UploadSummary),
    /// It cannot be taken as it is, and was put away with the reason.
    Refused(String),
    /// Another watcher has it or had it.
    Elsewhere,
}

impl Watch {
    /// Watches a folder; a file is whole when nothing changed it for `quiet`.
    pub(super) fn open(folder: &Path, quiet: Duration) -> io::Result<Self> {
        for name in ["done", "failed"] {
            std::fs::create_dir_all(folder.join(name))?;
        }
        Ok(Self { folder: folder.to_owned(), waiting: Waiting::default(), quiet })
    }

    /// How long to wait between two looks.
    pub(super) fn pause(&self) -> Duration {
        LOOK_EVERY.min(self.quiet / 4).max(Duration::from_millis(50))
    }

    /// The files that have been left alone for long enough.
    pub(super) fn ready(&mut self) -> io::Result<Vec<PathBuf>> {
        self.waiting.ready(&self.folder, self.quiet, Instant::now())
    }

    /// Imports a file and puts it away.
    pub(super) async fn import(&self, services: &Services, actor: &Actor, path: &Path, options: &ImportOptions) -> Result<Taken> {
        let Some(held) = hold(path)? else { return Ok(Taken::Elsewhere) };
        let shape = Shape::of(&held.metadata()?);
        // Killed before it is moved, the file is found again and is the same upload.
        let options = ImportOptions { request_key: Some(key(path, shape, options)?), ..options.clone() };
        let upload = match sources::import_file_with(services, actor, path, options).await.map_err(files_own_fault) {
            Ok(upload) => upload,
            Err(Fault::Else(error)) => return Err(error),
            Err(Fault::OfFile(sentence)) => return self.refuse(path, shape, sentence),
        };
        let why = why_not_read(upload.status, upload.error.as_deref());
        let place = self.place(path, why.is_some(), &upload.id.to_string());
        let mut notes = Vec::new();
        if upload.rows_rejected > 0 {
            notes.push(beside(&place, "issues.csv"));
            write_issues(services, actor, &upload, &notes[0]).await?;
        }
        notes.extend(why.map(|why| write_reason(&place, &why)).transpose()?);
        Ok(if put_away(path, shape, &place, &notes)? { Taken::Read(upload) } else { Taken::Growing(upload) })
    }

    /// Puts a file away that no second try would take.
    fn refuse(&self, path: &Path, shape: Shape, sentence: String) -> Result<Taken> {
        let place = self.place(path, true, &format!("{:x}", shape.modified_ns()));
        let note = write_reason(&place, &sentence)?;
        // One that goes on growing is refused again.
        put_away(path, shape, &place, &[note])?;
        Ok(Taken::Refused(sentence))
    }

    /// Where a file goes; beside one of the same name it gets a front of its own.
    fn place(&self, path: &Path, is_failed: bool, front: &str) -> PathBuf {
        let folder = self.folder.join(if is_failed { "failed" } else { "done" });
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        folder.join(if folder.join(&name).exists() { format!("{front}-{name}") } else { name })
    }
}

/// Why a file was not taken in.
enum Fault {
    /// It is too large, or cannot be a file of sales: it will be so the next time too.
    OfFile(String),
    /// What went wrong is not the file's.
    Else(ServiceError),
}

fn files_own_fault(error: ServiceError) -> Fault {
    match error {
        ServiceError::App(error) if error.kind == ErrorKind::TooLarge || error.fields.iter().any(|field| field.field == "file") => {
            Fault::OfFile(error.fields.iter().find(|field| field.field == "file").map_or(error.message, |field| field.message.clone()))
        }
        error => Fault::Else(error),
    }
}

/// Why the figures do not include a file; `None` when they do.
fn why_not_read(status: UploadStatus, error: Option<&str>) -> Option<String> {
    let otherwise = match status {
        UploadStatus::Completed => return None,
        UploadStatus::NeedsMapping => "its columns were not recognised; say in the browser, under Uploads, what they mean",
        UploadStatus::Undone => {
            "this upload was cancelled or undone, so the figures include nothing of it; to have the file read after all, add it in the browser"
        }
        UploadStatus::Failed | UploadStatus::Queued | UploadStatus::Processing => "it could not be read; the upload's page, under Uploads, says more",
    };
    Some(error.unwrap_or(otherwise).to_owned())
}

/// Moves a file; `false` when it is not any more what was read: then it stays, and what was written about it goes.
fn put_away(path: &Path, shape: Shape, place: &Path, notes: &[PathBuf]) -> io::Result<bool> {
    if Shape::of(&std::fs::metadata(path)?) == shape {
        return std::fs::rename(path, place).map(|()| true);
    }
    for note in notes {
        std::fs::remove_file(note)?;
    }
    Ok(false)
}

fn beside(place: &Path, ending: &str) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn write_reason(place: &Path, sentence: &str) -> io::Result<PathBuf> {
    let path = beside(place, "error.txt");
    std::fs::write(&path, format!("{sentence}\n"))?;
    Ok(path)
}

async fn write_issues(services: &Services, actor: &Actor, upload: &UploadSummary, path: &Path) -> Result<()> {
    let mut rows = std::pin::pin!(sources::issues_csv(services, actor, upload.id).await?);
    let mut file = File::create(path)?;
    while let Some(block) = rows.try_next().await? {
        file.write_all(&block)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_the_uploads_own() {
        let why = |status, error| why_not_read(status, error).unwrap_or_default();
        assert_eq!(why_not_read(UploadStatus::Completed, None), None);
        assert!(why(UploadStatus::NeedsMapping, None).starts_with("its columns were not recognised"));
        assert!(why(UploadStatus::Undone, None).starts_with("this upload was cancelled or undone"));
        assert!(why(UploadStatus::Failed, None).contains("could not be read"));
        assert_eq!(why(UploadStatus::Failed, Some("it is a PDF")), "it is a PDF");
    }

    #[test]
    fn what_is_too_large_or_no_file_of_sales_is_the_files_own_fault_and_nothing_else() {
        let is_files_own = |error: domain::AppError| matches!(files_own_fault(error.into()), Fault::OfFile(_));
        assert!(is_files_own(domain::sources::too_large(1)));
        assert!(is_files_own(domain::AppError::invalid("file", "it cannot be read")));
        assert!(!is_files_own(domain::AppError::invalid("source_name", "too long")));
        assert!(!is_files_own(domain::AppError::new(ErrorKind::Unavailable, "the disk is full")));
    }

    #[test]
    fn a_file_that_grew_meanwhile_stays_and_nothing_is_left_of_what_was_said_about_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, place) = (folder.path().join("may.csv"), folder.path().join("done.csv"));
        std::fs::write(&path, "a,b\n1,2\n").expect("written");
        let shape = Shape::of(&std::fs::metadata(&path).expect("there"));
        let note = write_reason(&place, "no").expect("written");
        std::fs::write(&path, "a,b\n1,2\n3,4\n").expect("written");
        assert!(!put_away(&path, shape, &place, std::slice::from_ref(&note)).expect("looked"));
        assert!(path.exists() && !place.exists() && !note.exists());
        let shape = Shape::of(&std::fs::metadata(&path).expect("there"));
        assert!(put_away(&path, shape, &place, &[]).expect("moved"));
        assert!(!path.exists() && place.exists());
    }
}
