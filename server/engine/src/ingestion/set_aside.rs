//! Lines that are no rows: notes above the table, totals and notes below it. They are set aside where a person can see them.

use super::cells;
use super::columns::Columns;
use super::headings;
use super::inspect::Inspection;
use super::numbers;
use super::problem::RowIssue;
use super::records::RecordReader;
use domain::format::counted;
use domain::sources::{ColumnMeaning, FileKind, ValueType};
use std::collections::VecDeque;
use std::io::Read;

/// What totals are called, as [`headings::normalise`] writes it: English, German, French, Spanish, Italian, Turkish.
const TOTALS: [&str; 36] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "subtotals",
    "overall total",
    "total sum",
    "sum",
    "sums",
    "summary",
    "report total",
    "gesamt",
    "gesamtsumme",
    "gesamtbetrag",
    "gesamtergebnis",
    "summe",
    "summen",
    "zwischensumme",
    "endsumme",
    "total general",
    "total generale",
    "sous total",
    "somme",
    "ensemble",
    "suma",
    "suma total",
    "totales",
    "totale",
    "totali",
    "toplam",
    "genel toplam",
    "ara toplam",
    "toplamlar",
    "all total",
    "total all",
];
/// More lines than these are no footer.
const MOST_HELD: usize = 20;
/// How many lines are shown as they stand, and how much of each.
const SHOWN_LINES: usize = 5;
const SHOWN_LETTERS: usize = 160;

/// The lines of a file that are no rows.
pub(super) struct SetAside {
    above: Vec<String>,
    below: Vec<String>,
    totals: Vec<String>,
    /// Rows that are notes if nothing follows them, and issues if rows do.
    held: Vec<RowIssue>,
    released: VecDeque<RowIssue>,
    kind: FileKind,
}

impl SetAside {
    pub(super) fn new(inspection: &Inspection, kind: FileKind) -> Self {
        let above = inspection.above.clone();
        Self { above, below: Vec::new(), totals: Vec::new(), held: Vec::new(), released: VecDeque::new(), kind }
    }

    /// The next row that was taken for a note, and is none.
    pub(super) fn next_issue(&mut self) -> Option<RowIssue> {
        self.released.pop_front()
    }

    /// Takes the current record if it is no row.
    pub(super) fn takes<R: Read>(&mut self, records: &RecordReader<R>, columns: &Columns) -> bool {
        if is_blank(records) {
            return true;
        }
        if is_totals(records, columns, self.kind) {
            if self.totals.len() < SHOWN_LINES * 20 {
                self.totals.push(shown_line(records.raw()));
            }
            return true;
        }
        let is_footer = is_footer(records, columns, self.kind);
        if is_footer && self.held.len() < MOST_HELD {
            let reason = "the row lacks what a row of this table needs";
            self.held.push(RowIssue::new(records.line(), None, reason, records.raw()));
            return true;
        }
        self.row_follows();
        false
    }

    /// A row follows: what was taken for notes are rows that cannot be read.
    pub(super) fn row_follows(&mut self) {
        if !self.held.is_empty() {
            self.released.extend(self.held.drain(..));
        }
    }

    /// Nothing follows: what was taken for notes are notes.
    pub(super) fn close(&mut self) {
        self.below.extend(self.held.drain(..).map(|issue| shown_line(issue.raw.as_bytes())));
    }

    /// What was set aside, a sentence each.
    pub(super) fn remarks(&self) -> Vec<String> {
        let said = [(&self.above, "above the table"), (&self.totals, "with totals"), (&self.below, "below the table")];
        let said = said.into_iter().filter(|(lines, _)| !lines.is_empty());
        said.map(|(lines, place)| {
            let count = counted(i64::try_from(lines.len()).unwrap_or(i64::MAX), "line", "lines");
            let were = if lines.len() == 1 { "was" } else { "were" };
            let shown: Vec<String> = lines.iter().take(SHOWN_LINES).map(|line| format!("“{line}”")).collect();
            let more = if lines.len() > SHOWN_LINES { ", …" } else { "" };
            format!("{count} {place} {were} set aside and not counted as rows: {}{more}.", shown.join(", "))
        })
        .collect()
    }
}

/// A line as a person is shown it.
pub(super) fn shown_line(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(&raw[..raw.len().min(SHOWN_LETTERS * 4)]);
    let letters = text.trim_end().chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let shown: String = letters.take(SHOWN_LETTERS).collect();
    if shown.len() < text.trim_end().len() { format!("{shown}…") } else { shown }
}

/// Whether a cell is a word for totals.
fn is_totals_word(cell: &[u8]) -> bool {
    if !(3..=24).contains(&cell.len()) || !cell[0].is_ascii_alphabetic() {
        return false;
    }
    std::str::from_utf8(cell).is_ok_and(|text| TOTALS.contains(&headings::normalise(text).as_str()))
}

/// Whether the last record of a file is no row, by its shape alone.
pub(super) fn ends_table(record: &[String], columns: usize) -> bool {
    let mut filled = record.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let (first, others) = (filled.next(), filled.count());
    let is_totals = first.is_some_and(|cell| is_totals_word(cell.as_bytes())) && others < columns - columns / 3;
    is_totals || (columns >= 3 && others == 0)
}

/// Whether the current record is one of totals or a note: none that rows are judged by.
pub(super) fn is_no_row<R: Read>(records: &RecordReader<R>, columns: &Columns, kind: FileKind) -> bool {
    is_blank(records) || is_totals(records, columns, kind) || is_footer(records, columns, kind)
}

/// Whether all cells of the current record are empty: eBay writes such a line below its header, spreadsheets below their rows.
fn is_blank<R: Read>(records: &RecordReader<R>) -> bool {
    (0..records.len()).all(|index| records.cell(index).trim_ascii().is_empty())
}

fn is_totals<R: Read>(records: &RecordReader<R>, columns: &Columns, kind: FileKind) -> bool {
    let cells = (0..records.len()).map(|index| (index, cells::trimmed(records.cell(index))));
    let Some((first, cell)) = cells.into_iter().find(|(_, cell)| !cell.is_empty()) else { return false };
    if !is_totals_word(cell) {
        return false;
    }
    if kind == FileKind::Orders {
        let date = columns.cell(records, ColumnMeaning::OrderedAt);
        return date.is_empty() || columns.position(ColumnMeaning::OrderNumber) == Some(first);
    }
    // A product may be called “Total”; its row also says which it is or when it was.
    let names = ColumnMeaning::ALL.iter().filter(|meaning| matches!(meaning.value_type(), ValueType::Text | ValueType::Moment));
    names.filter(|meaning| columns.position(**meaning) != Some(first) && !columns.cell(records, **meaning).is_empty()).count() <= 1
}

/// Whether the current record has too little in it for any row, or nothing but numbers.
fn is_footer<R: Read>(records: &RecordReader<R>, columns: &Columns, kind: FileKind) -> bool {
    let (cells, width) = (records.len(), columns.width());
    if width < 3 {
        return false;
    }
    let mut filled = (0..cells).map(|index| cells::trimmed(records.cell(index))).filter(|cell| !cell.is_empty());
    if kind != FileKind::Orders {
        return cells < width && filled.nth(1).is_none();
    }
    let is_row = !columns.cell(records, ColumnMeaning::OrderNumber).is_empty() || !columns.cell(records, ColumnMeaning::OrderedAt).is_empty();
    if is_row {
        // eBay's count of its records stands in the place of an order's number, in a line much shorter than rows.
        let is_stub = cells * 3 < width && columns.cell(records, ColumnMeaning::OrderedAt).is_empty();
        return cells < width && (is_stub || filled.nth(1).is_none());
    }
    let mut others = filled.clone();
    others.nth(1).is_none() || filled.all(|cell| numbers::parse(cell, false).is_ok() || numbers::parse(cell, true).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_by_their_first_word_in_several_languages() {
        for word in ["Total", "GRAND TOTAL", "Total:", "Genel Toplam", "Gesamtsumme", "Sub-Total"] {
            assert!(is_totals_word(word.as_bytes()), "{word}");
        }
        for word in ["Total War", "T-shirt", "Tote bag", "", "12", "Totally"] {
            assert!(!is_totals_word(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn the_words_are_as_names_are_normalised() {
        for word in TOTALS {
            assert_eq!(headings::normalise(word), word);
        }
    }

    #[test]
    fn long_lines_are_shown_in_part() {
        assert_eq!(shown_line(b"Total,,\t5\r\n"), "Total,, 5");
        assert!(shown_line("ü".repeat(500).as_bytes()).ends_with("ü…"));
    }
}
