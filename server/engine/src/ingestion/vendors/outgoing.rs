//! Rows whose money went out, as a column of theirs says, whatever sign stands at it. A vendor's file says which words mean so.

use super::statuses::word;
use super::vendor::Export;
use crate::ingestion::cells;
use crate::ingestion::headings;
use crate::ingestion::records::RecordReader;
use std::collections::BTreeSet;
use std::io::Read;

/// The columns that say it, with their words.
pub(in crate::ingestion) struct Outgoing {
    columns: Vec<(usize, BTreeSet<String>)>,
}

impl Outgoing {
    /// Those that the vendor's export names.
    pub(in crate::ingestion) fn of(headers: &[String], export: Option<&Export>) -> Self {
        let placed = |(name, words): (&String, &Vec<String>)| {
            let key = headings::key(name);
            let position = headers.iter().position(|header| headings::key(header) == key)?;
            Some((position, words.iter().map(|text| word(text)).collect()))
        };
        Self { columns: export.into_iter().flat_map(|export| &export.outgoing).filter_map(placed).collect() }
    }

    /// Whether the current record says so.
    pub(in crate::ingestion) fn is_told<R: Read>(&self, records: &RecordReader<R>) -> bool {
        self.columns.iter().any(|(position, words)| words.contains(&word(&String::from_utf8_lossy(cells::trimmed(records.cell(*position))))))
    }
}
