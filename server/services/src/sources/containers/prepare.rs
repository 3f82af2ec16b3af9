//! The text behind an upload's file: the file itself, or what it was turned into.

use super::convert::{Conversion, TableNotes};
use super::program;
use super::turns;
use super::unconverted::Unconverted;
use crate::context::Services;
use crate::jobs::Pulse;
use crate::sources::{names, unpack};
use engine::ingestion::{Container, container_of};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_64;

const FIRST_BYTES: u64 = 4096;
/// What may come out of a packed file, as a multiple of the largest upload.
const UNPACKED: u64 = 4;

/// So long a person waits for a look at a file while others are read; jobs wait until it is their turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is needed to turn files into text.
#[derive(Clone)]
pub(in crate::sources) struct Preparation {
    folder: PathBuf,
    program: Option<PathBuf>,
    most_bytes: u64,
    /// The job for which it is done: it may be told to stop meanwhile.
    pulse: Option<Arc<Pulse>>,
}

/// A file of text.
pub(in crate::sources) struct Prepared {
    /// Where it lies.
    pub(in crate::sources) path: PathBuf,
    /// What was read of a workbook or archive; empty for a file that was text already.
    pub(in crate::sources) notes: TableNotes,
}

/// Why there is no text.
pub(in crate::sources) enum Unprepared {
    /// The sentence is for the person who brought the file.
    Content(String),
    /// The file or the disk is at fault.
    Away(io::Error),
}

impl From<io::Error> for Unprepared {
    fn from(error: io::Error) -> Self {
        Self::Away(error)
    }
}

impl From<Unconverted> for Unprepared {
    fn from(unconverted: Unconverted) -> Self {
        match unconverted {
            Unconverted::Content(sentence) => Self::Content(sentence),
            away => Self::Away(away.into()),
        }
    }
}

impl Preparation {
    /// As the services are set up.
    pub(in crate::sources) fn of(services: &Services) -> Self {
        let config = &services.config;
        let most_bytes = config.upload_max_bytes.saturating_mul(UNPACKED).max(1 << 30);
        Self { folder: names::work_folder(services), program: config.reader_program.clone(), most_bytes, pulse: None }
    }

    /// The same for a job that can be stopped.
    pub(in crate::sources) fn for_job(services: &Services, pulse: Arc<Pulse>) -> Self {
        Self { pulse: Some(pulse), ..Self::of(services) }
    }

    fn is_stopped(&self) -> bool {
        self.pulse.as_ref().is_some_and(|pulse| pulse.check().is_err())
    }

    /// Removes what a conversion that came to nothing left behind, also where its process was ended.
    fn remove_own(&self, fresh: &Path) {
        let own = fresh.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        let is_own = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with(&own);
        entries.filter_map(Result::ok).filter(is_own).for_each(|entry| super::convert::remove(&entry.path()));
    }

    /// The text of a stored file; made once for each sheet and kept until the clean-up.
    pub(in crate::sources) fn prepare(&self, stored: &Path, sheet: Option<&str>) -> Result<Prepared, Unprepared> {
        if is_text(stored)? {
            return Ok(Prepared { path: stored.to_owned(), notes: TableNotes::default() });
        }
        let stem = stored.file_stem().unwrap_or_default().to_string_lossy();
        let table = self.folder.join(format!("{stem}-{:016x}.table", xxh3_64(sheet.unwrap_or_default().as_bytes())));
        let told = table.with_extension("notes");
        if let Some(prepared) = kept(&table, &told) {
            return Ok(prepared);
        }
        let patience = if self.pulse.is_some() { Duration::MAX } else { PATIENCE };
        let busy = || Unprepared::Away(io::Error::new(io::ErrorKind::TimedOut, "other files are being turned into text"));
        let _turn = turns::wait(patience, || self.is_stopped()).ok_or_else(busy)?;
        // Somebody else may have made it meanwhile.
        if let Some(prepared) = kept(&table, &told) {
            return Ok(prepared);
        }
        std::fs::create_dir_all(&self.folder)?;
        let fresh = tempfile_beside(&table);
        let conversion = Conversion { input: stored.to_owned(), output: fresh.clone(), sheet: sheet.map(str::to_owned), most_bytes: self.most_bytes };
        let made = program::run(self.program.as_deref(), &conversion, || self.is_stopped()).map_err(Unprepared::from);
        let made = made.and_then(|notes| {
            // The notes first: a table without them is made again.
            let written = conversion.beside("notes");
            std::fs::write(&written, serde_json::to_vec(&notes).map_err(io::Error::from)?)?;
            std::fs::rename(&written, &told)?;
            std::fs::rename(&fresh, &table)?;
            Ok(notes)
        });
        let notes = made.inspect_err(|_| self.remove_own(&fresh))?;
        Ok(Prepared { path: table, notes })
    }
}

/// A text that was made before, with what was noted of it.
fn kept(table: &Path, told: &Path) -> Option<Prepared> {
    let json = std::fs::read(told).ok().filter(|_| table.exists())?;
    Some(Prepared { path: table.to_owned(), notes: serde_json::from_slice(&json).ok()? })
}

/// A name of this thread's own, so that two that convert the same file do not write into each other's.
fn tempfile_beside(table: &Path) -> PathBuf {
    let thread = format!("{:?}", std::thread::current().id());
    let own = xxh3_64(thread.as_bytes());
    table.with_extension(format!("{}-{own:x}", std::process::id()))
}

/// Whether the file, unpacked where it is gzip, is text that is read as it is.
fn is_text(stored: &Path) -> io::Result<bool> {
    let (unpacked, _) = unpack::open(stored)?;
    let is_packed = unpacked.is_packed();
    let mut sample = Vec::new();
    if unpacked.take(FIRST_BYTES).read_to_end(&mut sample).is_err() {
        // Damaged: the reader of text says it best.
        return Ok(true);
    }
    // What is not plain text behind gzip, or a ZIP of any kind, is looked at by the converter.
    Ok(match container_of(&sample, &[]) {
        Container::Text => true,
        Container::Gzip => is_packed,
        _ => false,
    })
}
