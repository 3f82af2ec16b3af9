//! What the words of status columns mean: an order that was cancelled, a row of which no money came, one that was returned.

use super::vendor::{Export, StatusWords};
use crate::ingestion::cells;
use crate::ingestion::cleaning::{CleaningKind, CleaningLog};
use crate::ingestion::columns::Columns;
use crate::ingestion::headings;
use crate::ingestion::inspect::Inspection;
use crate::ingestion::records::RecordReader;
use domain::format::counted;
use domain::sources::{ColumnMeaning, FileKind, Mapping};
use std::collections::{BTreeMap, HashMap};
use std::io::Read;

/// How a row or its order stands, what goes before the rest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingestion) enum Standing {
    /// The row is none of its order's lines.
    Aside,
    /// The whole order was cancelled.
    Cancelled,
    /// The row came to nothing: it failed, or was denied or taken back.
    Void,
    /// It was sold, and its money given back.
    Returned,
    /// It moved no money and only tells of something.
    Memo,
    /// It is not paid yet.
    Pending,
}

/// Words of files that are nobody's, as keys: English, German, French, Spanish, Italian, Turkish.
#[rustfmt::skip]
const CANCELLED: [&str; 38] = [
    "canceled", "cancelled", "void", "voided", "failed", "failure", "declined", "denied", "rejected", "storniert", "abgebrochen", "fehlgeschlagen",
    "abgelehnt", "annule", "annulee", "annulle", "echoue", "echouee", "refuse", "refusee", "rejete", "rejetee", "cancelado", "cancelada", "anulado",
    "anulada", "fallido", "fallida", "rechazado", "rechazada", "annullato", "annullata", "iptal", "iptaledildi", "basarisiz", "reddedildi",
    "gecersiz", "cancellato",
];
#[rustfmt::skip]
const PENDING: [&str; 18] = [
    "pending", "unpaid", "pendingpayment", "awaitingpayment", "ausstehend", "offen", "unbezahlt", "enattente", "nonpaye", "nonpayee", "impaye",
    "pendiente", "pendientedepago", "nopagado", "beklemede", "odenmedi", "odemebekliyor", "inattesa",
];

/// Words of a column that tells of tests.
const TEST: [&str; 5] = ["true", "yes", "1", "y", "test"];

/// So many words are remembered as they stand in cells; a column of statuses has fewer.
const MOST_WORDS: usize = 64;
/// So many words are shown in a remark.
const SHOWN_WORDS: usize = 5;

/// The status columns of a file.
pub(in crate::ingestion) struct Statuses {
    kind: FileKind,
    /// An order's status stands on its first row, so that no row can be left out alone.
    first_rows_only: bool,
    columns: Vec<StatusColumn>,
    /// How many rows were left out by which word of which column.
    told: BTreeMap<(usize, String), i64>,
}

struct StatusColumn {
    position: usize,
    header: String,
    words: HashMap<String, Standing>,
    /// What cells said before.
    seen: HashMap<Vec<u8>, Option<Standing>>,
}

impl Statuses {
    /// Those that the vendor's export names; in files of nobody, those that are mapped.
    pub(in crate::ingestion) fn of(inspection: &Inspection, mapping: &Mapping, export: Option<&Export>) -> Self {
        let by_meaning = [ColumnMeaning::Status, ColumnMeaning::FinancialStatus];
        let mapped = || by_meaning.iter().filter_map(|meaning| mapping.columns.get(meaning)).map(|header| (header.clone(), generic()));
        let columns: Vec<(String, HashMap<String, Standing>)> = match export {
            _ if !matches!(mapping.kind, FileKind::Orders | FileKind::Refunds | FileKind::Payouts) => Vec::new(),
            Some(export) => export.statuses.iter().map(|(name, words)| (name.clone(), words_of(words))).collect(),
            None => mapped().collect(),
        };
        let is_movement = matches!(mapping.kind, FileKind::Refunds | FileKind::Payouts);
        let tests = mapping.columns.get(&ColumnMeaning::IsTest).filter(|_| is_movement);
        let tests = tests.map(|header| (header.clone(), TEST.iter().map(|word| ((*word).to_owned(), Standing::Void)).collect()));
        let placed = |(name, words): (String, HashMap<String, Standing>)| {
            let key = headings::key(&name);
            let position = inspection.headers.iter().position(|header| *header == name);
            let position = position.or_else(|| inspection.headers.iter().position(|header| headings::key(header) == key))?;
            Some(StatusColumn { position, header: inspection.headers[position].clone(), words, seen: HashMap::new() })
        };
        let columns = columns.into_iter().chain(tests).filter_map(placed).collect();
        Self { kind: mapping.kind, first_rows_only: mapping.order_values_on_first_row, columns, told: BTreeMap::new() }
    }

    /// How the current record stands, and by which column.
    fn standing<R: Read>(&mut self, records: &RecordReader<R>) -> Option<(Standing, usize)> {
        let told = self.columns.iter_mut().enumerate().filter_map(|(index, column)| Some((column.standing(records)?, index)));
        told.min()
    }

    /// How the current record says that it stands, or its whole order where that is said on first rows only.
    pub(in crate::ingestion) fn told_of<R: Read>(&mut self, records: &RecordReader<R>) -> Option<Standing> {
        let (standing, _) = self.standing(records)?;
        let is_whole_order = self.first_rows_only && standing == Standing::Void;
        Some(if is_whole_order { Standing::Cancelled } else { standing })
    }

    /// Notes that the current record counts as sold and as given back.
    pub(in crate::ingestion) fn note_returned<R: Read>(&mut self, records: &RecordReader<R>, log: &mut CleaningLog) {
        let told = self.standing(records).filter(|(standing, _)| *standing == Standing::Returned).map(|(_, index)| &self.columns[index]);
        // Further rows of an order whose first row says it.
        let header = told.map_or("", |column| column.header.as_str());
        let word = || told.map_or_else(String::new, |column| column.word(records));
        log.note(CleaningKind::ReturnedRows, records.line(), header, || (word(), "sold and given back"));
    }

    /// Takes the current record if its status says that no money came of it.
    pub(in crate::ingestion) fn leaves_out<R: Read>(&mut self, records: &RecordReader<R>, columns: &Columns, log: &mut CleaningLog) -> bool {
        if self.columns.is_empty() {
            return false;
        }
        let Some((standing, index)) = self.standing(records) else { return false };
        let is_out = match (self.kind, standing) {
            (FileKind::Orders, Standing::Aside) => true,
            (FileKind::Orders, _) if self.first_rows_only => false,
            (FileKind::Orders, Standing::Cancelled | Standing::Returned) => false,
            (FileKind::Orders, Standing::Pending) => lacks_money(records, columns),
            _ => true,
        };
        if is_out {
            let column = &self.columns[index];
            let word = column.word(records);
            log.note(CleaningKind::LeftOutByStatus, records.line(), &column.header, || (word.clone(), "left out"));
            if standing != Standing::Aside {
                *self.told.entry((index, word)).or_default() += 1;
            }
        }
        is_out
    }

    /// What was left out, in a sentence.
    pub(in crate::ingestion) fn remark(&self) -> Option<String> {
        let mut told: Vec<_> = self.told.iter().collect();
        told.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let more = if told.len() > SHOWN_WORDS { ", …" } else { "" };
        let shown = told.iter().take(SHOWN_WORDS).map(|((index, word), count)| {
            let rows = counted(**count, "row", "rows");
            format!("{rows} whose “{}” is “{word}”", self.columns[*index].header)
        });
        let shown: Vec<String> = shown.collect();
        (!shown.is_empty()).then(|| format!("Left out: {}{more}. No money came of them, and no figure counts them.", shown.join(", ")))
    }
}

impl StatusColumn {
    fn standing<R: Read>(&mut self, records: &RecordReader<R>) -> Option<Standing> {
        let cell = cells::trimmed(records.cell(self.position));
        if cell.is_empty() {
            return None;
        }
        if let Some(standing) = self.seen.get(cell) {
            return *standing;
        }
        let standing = self.words.get(&word(&String::from_utf8_lossy(cell))).copied();
        if self.seen.len() < MOST_WORDS {
            self.seen.insert(cell.to_vec(), standing);
        }
        standing
    }

    /// What the current record says.
    fn word<R: Read>(&self, records: &RecordReader<R>) -> String {
        String::from_utf8_lossy(cells::trimmed(records.cell(self.position))).into_owned()
    }
}

/// Whether a row of an order says neither an amount nor a price.
pub(in crate::ingestion) fn lacks_money<R: Read>(records: &RecordReader<R>, columns: &Columns) -> bool {
    [ColumnMeaning::LineAmount, ColumnMeaning::UnitPrice].iter().all(|meaning| columns.cell(records, *meaning).is_empty())
}

/// A word without case, accents, blanks and marks; a number keeps its sign, for some programs write −1 where others write “cancelled”.
pub(super) fn word(text: &str) -> String {
    let key = headings::squeeze(&headings::normalise(text));
    let is_negative = text.trim_start().starts_with('-') && !key.is_empty() && key.bytes().all(|letter| letter.is_ascii_digit());
    if is_negative { format!("-{key}") } else { key }
}

fn generic() -> HashMap<String, Standing> {
    let words = |words: &'static [&str], standing: Standing| words.iter().map(move |word| ((*word).to_owned(), standing));
    words(&CANCELLED, Standing::Cancelled).chain(words(&PENDING, Standing::Pending)).collect()
}

fn words_of(words: &StatusWords) -> HashMap<String, Standing> {
    let StatusWords { cancelled, void, pending, memo, returned, aside } = words;
    let ended = [(cancelled, Standing::Cancelled), (void, Standing::Void), (returned, Standing::Returned)];
    let others = [(pending, Standing::Pending), (memo, Standing::Memo), (aside, Standing::Aside)];
    ended.into_iter().chain(others).flat_map(|(words, standing)| words.iter().map(move |text| (word(text), standing))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_keys_and_stand_once() {
        let all: Vec<&str> = CANCELLED.iter().chain(&PENDING).copied().collect();
        assert!(all.iter().all(|text| word(text) == *text));
        assert_eq!(generic().len(), all.len());
        assert_eq!(generic().get(&word("İPTAL EDİLDİ")), Some(&Standing::Cancelled));
        assert_eq!(generic().get(&word("Annulé")), Some(&Standing::Cancelled));
        let words = StatusWords { returned: vec!["İade Edildi".to_owned()], void: vec!["İptal".to_owned()], ..StatusWords::default() };
        assert_eq!(words_of(&words).get(&word("iade edildi")), Some(&Standing::Returned));
        assert!(Standing::Void < Standing::Returned, "what never came about was not returned");
        assert_eq!((word("-1"), word(" 1 "), word("- open"), word("-")), ("-1".to_owned(), "1".to_owned(), "open".to_owned(), String::new()));
    }
}
