//! Which files are a shop's copy, and of which version of its data. Replaced as a whole, so that a reader sees the old or the new one.

use crate::error::ColumnsError;
use crate::tables::Table;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// Grows with every change of what files hold; a copy of another format is built anew.
const FORMAT: u32 = 3;
const NAME: &str = "manifest.json";
/// Sums are multiplied by a thousand, or by the days of a question at most.
const LARGEST_FACTOR: i64 = 100_000;

/// One shop's copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The version of the shop's data that the files hold, no more and no less.
    pub data_version: i64,
    /// When those data changed last: tells versions of one number apart after a database was restored.
    pub changed_at: Option<i64>,
    /// The files.
    pub files: Vec<FileEntry>,
    /// Files of earlier manifests, which a query in another process may still read, with the instant they were replaced.
    pub replaced: Vec<(String, i64)>,
}

/// One file of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Of which table.
    pub table: String,
    /// Its name in the shop's folder.
    pub name: String,
    /// The month as `yyyymm`, for tables by month.
    pub month: Option<i32>,
    /// How many rows.
    pub rows: u64,
    /// How many bytes.
    pub bytes: u64,
    /// The largest sum of absolute values of a column that questions add up.
    pub magnitude: u64,
}

impl Manifest {
    /// Of files that hold a version of a shop's data.
    pub fn new(data_version: i64, changed_at: Option<i64>, files: Vec<FileEntry>) -> Self {
        Self { format: FORMAT, data_version, changed_at, files, replaced: Vec::new() }
    }

    /// The manifest in a folder; `None` where there is none, or one of another format.
    pub fn read(folder: &Path) -> Result<Option<Self>, ColumnsError> {
        let text = match fs::read_to_string(folder.join(NAME)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let format: Format = serde_json::from_str(&text)?;
        if format.format != FORMAT {
            return Ok(None);
        }
        Ok(Some(serde_json::from_str(&text)?))
    }

    /// Puts it in the place of the one before: written aside, synced, renamed.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), ColumnsError> {
        let aside = folder.join(format!("{NAME}.new"));
        let mut file = File::create(&aside)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        fs::rename(&aside, folder.join(NAME))?;
        File::open(folder)?.sync_all()?;
        Ok(())
    }

    /// The files of a table.
    pub fn files_of(&self, table: &Table) -> impl Iterator<Item = &FileEntry> {
        self.files.iter().filter(move |file| file.table == table.name)
    }

    /// How many rows a table has.
    pub fn rows_of(&self, table: &Table) -> u64 {
        self.files_of(table).map(|file| file.rows).sum()
    }

    /// Whether no sum over these files, multiplied as measures multiply sums, can leave 64 bits: the columnar engine would not notice, the
    /// databases do.
    pub fn sums_fit(&self) -> bool {
        let sum = self.files.iter().try_fold(0_i64, |sum, file| sum.checked_add(i64::try_from(file.magnitude).ok()?));
        sum.is_some_and(|sum| sum <= i64::MAX / LARGEST_FACTOR)
    }

    /// What changes when it is replaced; a file's metadata are the same only when it was not.
    pub(crate) fn stamp(folder: &Path) -> Option<(std::time::SystemTime, u64)> {
        let metadata = fs::metadata(folder.join(NAME)).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    }
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(magnitude: u64) -> FileEntry {
        FileEntry { table: "orders".to_owned(), name: "a".to_owned(), month: Some(202_601), rows: 1, bytes: 2, magnitude }
    }

    #[test]
    fn a_manifest_reads_back_and_another_format_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Manifest::read(folder.path()).expect("it reads"), None);
        let manifest = Manifest::new(7, Some(5), vec![file(3)]);
        manifest.write(folder.path()).expect("it writes");
        assert_eq!(Manifest::read(folder.path()).expect("it reads"), Some(manifest));
        fs::write(folder.path().join(NAME), r#"{"format": 999, "something": "else"}"#).expect("it writes");
        assert_eq!(Manifest::read(folder.path()).expect("it reads"), None);
        fs::write(folder.path().join(NAME), r#"{"format": 1, "da"#).expect("it writes");
        assert!(Manifest::read(folder.path()).is_err());
    }

    #[test]
    fn sums_that_could_leave_64_bits_are_known_beforehand() {
        let half = u64::try_from(i64::MAX / LARGEST_FACTOR / 2).expect("positive");
        assert!(Manifest::new(1, None, vec![file(half), file(half)]).sums_fit());
        assert!(!Manifest::new(1, None, vec![file(half), file(half), file(2)]).sums_fit());
        assert!(!Manifest::new(1, None, vec![file(u64::MAX)]).sums_fit());
    }
}
