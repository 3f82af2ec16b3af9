//! Counts what reading takes off the cells of a row: blanks, words for “nothing”, spreadsheets' dress of numbers, and minus signs.

use super::log::CleaningLog;
use super::steps::CleaningKind;
use crate::ingestion::cells;
use crate::ingestion::columns::Columns;
use crate::ingestion::records::RecordReader;
use domain::sources::ColumnMeaning;
use std::io::Read;

/// Looks at the mapped cells of each row that was read.
pub(in crate::ingestion) struct CellWatch {
    columns: Vec<Watched>,
}

struct Watched {
    position: usize,
    header: String,
    /// A number that serves as a name.
    is_id: bool,
    /// Counted without its sign.
    is_unsigned: bool,
}

impl CellWatch {
    /// Watches columns with a meaning; `unsigned` are those whose sign says nothing.
    pub(in crate::ingestion) fn new(columns: &Columns, ids: &[ColumnMeaning], unsigned: &[ColumnMeaning]) -> Self {
        let watched = ColumnMeaning::ALL.iter().filter_map(|meaning| {
            let position = columns.position(*meaning)?;
            let header = columns.header(*meaning).unwrap_or_default().to_owned();
            Some(Watched { position, header, is_id: ids.contains(meaning), is_unsigned: unsigned.contains(meaning) })
        });
        let first = columns.position(ColumnMeaning::Stock);
        let of_places = columns.stock().iter().map(|column| column.position).filter(|position| Some(*position) != first);
        let of_places =
            of_places.map(|position| Watched { position, header: columns.header_at(position).to_owned(), is_id: false, is_unsigned: false });
        Self { columns: watched.chain(of_places).collect() }
    }

    /// Counts the current row's.
    pub(in crate::ingestion) fn see<R: Read>(&self, records: &RecordReader<R>, log: &mut CleaningLog) {
        for column in &self.columns {
            let cell = records.cell(column.position);
            if !cell.is_empty() {
                column.see(cell, records.line(), log);
            }
        }
    }
}

impl Watched {
    fn see(&self, cell: &[u8], line: u64, log: &mut CleaningLog) {
        let mut note = |kind: CleaningKind, before: &[u8], after: &[u8]| {
            log.note(kind, line, &self.header, || (String::from_utf8_lossy(before).into_owned(), String::from_utf8_lossy(after).into_owned()));
        };
        let bare = cells::bare(cell);
        if bare.len() != cell.len() {
            note(CleaningKind::BlanksTrimmed, cell, bare);
        }
        if bare.is_empty() {
            return;
        }
        if cells::says_nothing(bare) {
            return note(CleaningKind::NothingEmptied, bare, b"");
        }
        if self.is_id {
            let undressed = cells::without_apostrophe(bare);
            if undressed.len() != bare.len() {
                note(CleaningKind::ApostrophesRemoved, bare, undressed);
            }
            let whole = cells::without_decimals(undressed);
            if whole.len() != undressed.len() {
                note(CleaningKind::DecimalsOfIdsRemoved, undressed, whole);
            }
        }
        if self.is_unsigned
            && let Some(unsigned) = bare.strip_prefix(b"-")
            && unsigned.iter().any(|byte| matches!(byte, b'1'..=b'9'))
        {
            note(CleaningKind::SignsTurned, bare, unsigned);
        }
    }
}
