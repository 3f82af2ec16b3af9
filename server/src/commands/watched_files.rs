//! Files of a watched folder: which of them are whole, and whose they are.

use services::sources::ImportOptions;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How programs name what they have not finished writing.
const UNFINISHED: [&str; 9] = [".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".opdownload", "~"];

/// What a file was like at a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    bytes: u64,
    modified: (i64, i64),
    number: u64,
}

impl Shape {
    pub(super) fn of(data: &Metadata) -> Self {
        Self { bytes: data.len(), modified: (data.mtime(), data.mtime_nsec()), number: data.ino() }
    }

    /// When it was last written, in nanoseconds.
    pub(super) fn modified_ns(self) -> i128 {
        i128::from(self.modified.0) * 1_000_000_000 + i128::from(self.modified.1)
    }
}

/// The files that lie there, and since when they have been what they are.
#[derive(Default)]
pub(super) struct Waiting(BTreeMap<PathBuf, (Shape, Instant)>);

impl Waiting {
    /// The files that did not change for so long up to now.
    pub(super) fn ready(&mut self, folder: &Path, quiet: Duration, now: Instant) -> io::Result<Vec<PathBuf>> {
        let (mut there, mut ready) = (BTreeMap::new(), Vec::new());
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(data) = entry.metadata() else { continue };
            if !data.is_file() || is_somebodys_work(&entry.file_name().to_string_lossy()) {
                continue;
            }
            let (path, shape) = (entry.path(), Shape::of(&data));
            let known = self.0.get(&path).filter(|(before, _)| *before == shape);
            let since = known.map_or(now, |(_, since)| *since);
            if known.is_some() && now.duration_since(since) >= quiet {
                ready.push(path.clone());
            }
            there.insert(path, (shape, since));
        }
        self.0 = there;
        ready.sort_unstable();
        Ok(ready)
    }
}

/// Hidden files, locks of office programs, and what is still being downloaded or copied.
fn is_somebodys_work(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.') || name.starts_with("~$") || UNFINISHED.iter().any(|ending| lower.ends_with(ending))
}

/// The file, locked until dropped; `None` when another has it or has moved it.
pub(super) fn hold(path: &Path) -> io::Result<Option<File>> {
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
pub(super) fn key(path: &Path, shape: Shape, options: &ImportOptions) -> io::Result<String> {
    let (place, (seconds, nanoseconds)) = (std::path::absolute(path)?, shape.modified);
    let (number, bytes, source, mode) = (shape.number, shape.bytes, &options.source, options.mode.as_str());
    let place = format!("{}\n{number} {bytes} {seconds} {nanoseconds} {source:?} {mode}", place.display());
    let hash: String = Sha256::digest(place.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("watch:{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_is_still_writing_is_left_alone() {
        for name in [".may.csv", "~$may.xlsx", "may.csv.part", "may.csv.PART", "may.tmp", "may.csv.crdownload", "may.csv.filepart", "may.csv~"] {
            assert!(is_somebodys_work(name), "{name}");
        }
        for name in ["may.csv", "part.csv", "tmp", "may.part.csv", "~may.csv"] {
            assert!(!is_somebodys_work(name), "{name}");
        }
    }

    #[test]
    fn a_file_is_whole_only_when_its_writer_was_quiet_for_long_enough() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, quiet, mut waiting) = (folder.path().join("may.csv"), Duration::from_millis(400), Waiting::default());
        let begun = Instant::now();
        let mut ready = |after: u64| waiting.ready(folder.path(), quiet, begun + Duration::from_millis(after)).expect("looked");
        std::fs::write(&path, "a,b\n").expect("written");
        assert!(ready(0).is_empty(), "seen for the first time");
        assert!(ready(250).is_empty(), "the same at two looks, and yet too soon");
        std::fs::write(&path, "a,b\n1,2\n").expect("written");
        assert!(ready(250).is_empty(), "it grew");
        assert!(ready(500).is_empty(), "quiet is counted from when it grew");
        assert_eq!(ready(750), [path]);
    }
}
