//! A file's parts as one delimiter splits them: how regular they are, where the header stands, and what is above it.

use super::encoding::Encoding;
use super::inspect::Inspection;
use super::problem::FileProblem;
use super::records::{MOST_CELLS, RecordReader, Step};
use super::set_aside::{ends_table, shown_line};
use super::{dates, headings, kinds, numbers, vendors};
use domain::sources::DateOrder;
use std::collections::{HashMap, HashSet};

/// The most rows the sample gives.
const ROWS: usize = 200;
/// The most rows that a part from within gives.
const PART_ROWS: usize = 40;
/// Notes may stand above the header, but not more lines than this.
const LINES_ABOVE: usize = 30;
/// The most cells that are looked at.
const CELLS: usize = 400_000;
/// So many of its names must be known before a line further down is taken for the header instead of the first that could be.
const KNOWN_NAMES: usize = 2;

/// The parts of a file as text.
pub(super) struct Texts<'a> {
    pub first: &'a [u8],
    pub is_whole: bool,
    pub within: &'a [Vec<u8>],
    pub last: Option<&'a [u8]>,
}

/// The parts as one delimiter splits them.
pub(super) struct Table {
    delimiter: u8,
    /// The first records: their line, raw text and cells.
    records: Vec<Record>,
    /// Records from within and from the end.
    further: Vec<Record>,
    columns: usize,
    /// Of a thousand records, how many have that many columns.
    alike: usize,
    /// Whether the last record is the file's last.
    sees_end: bool,
}

struct Record {
    line: u64,
    raw: String,
    cells: Vec<String>,
}

impl Table {
    pub(super) fn of(texts: &Texts<'_>, delimiter: u8) -> Self {
        let most = ROWS + LINES_ABOVE;
        let mut records = records_of(texts.first, delimiter, most);
        let is_cut = !texts.is_whole || records.len() == most;
        // The sample may end in the middle of a row.
        if !texts.is_whole && records.len() < most && records.len() > 1 {
            records.pop();
        }
        let mut further = Vec::new();
        for part in texts.within {
            let mut rows = records_of(from_next_line(part), delimiter, PART_ROWS);
            rows.pop();
            further.append(&mut rows);
        }
        let end = if texts.is_whole && is_cut { Some(end_of(texts.first)) } else { texts.last.map(from_next_line) };
        further.extend(end.map(|end| last_records(end, delimiter)).unwrap_or_default());
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for record in records.iter().chain(&further) {
            *counts.entry(record.cells.len()).or_default() += 1;
        }
        let (columns, count) = counts.into_iter().max_by_key(|(columns, count)| (*count, *columns)).unwrap_or((0, 0));
        let alike = count * 1000 / (records.len() + further.len()).max(1);
        Self { delimiter, records, further, columns, alike, sees_end: texts.is_whole || texts.last.is_some() }
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// How well the delimiter fits: a table at all, with a header, regular, with many columns.
    pub(super) fn score(&self) -> (bool, bool, usize, usize) {
        (self.columns >= 2, self.header_index().is_some(), self.alike / 50, self.columns)
    }

    /// The columns of the first line or of most.
    pub(super) fn widest_start(&self) -> usize {
        self.records.first().map_or(0, |record| record.cells.len()).max(self.columns)
    }

    /// The first line that could be the header, or one further down that is known better.
    fn header_index(&self) -> Option<usize> {
        let candidates = self.records.iter().take(LINES_ABOVE).enumerate();
        let candidates = candidates.filter(|(_, record)| is_as_wide(&record.cells, self.columns) && is_header(&record.cells));
        let known: Vec<(usize, usize)> = candidates.map(|(index, record)| (index, known_names(&record.cells))).collect();
        let (first, at_first) = *known.first()?;
        let best = known.iter().rev().max_by_key(|(_, known)| *known).copied();
        Some(best.filter(|(_, known)| *known >= KNOWN_NAMES && *known > at_first * 2).map_or(first, |(index, _)| index))
    }

    pub(super) fn into_inspection(mut self, encoding: Encoding, old_mac: bool) -> Result<Inspection, FileProblem> {
        let index = self.header_index().ok_or(FileProblem::NoHeader)?;
        let below = self.take_below(index);
        let above = self.records.drain(..index).map(|record| record.raw).collect();
        let mut records = self.records.into_iter();
        let header = records.next().ok_or(FileProblem::NoHeader)?;
        let rows: Vec<Vec<String>> = records.map(|record| record.cells).take(ROWS).collect();
        if rows.is_empty() {
            return Err(FileProblem::NoRows);
        }
        let mut names = header.cells;
        while names.len() > self.columns && names.last().is_some_and(|name| name.trim().is_empty()) {
            names.pop();
        }
        let further = self.further.into_iter().map(|record| record.cells).filter(|cells| cells.len() == names.len()).collect();
        let (headers, header_line) = (distinct(names), header.line);
        Ok(Inspection { encoding, delimiter: self.delimiter, headers, rows, header_line, above, below, further, old_mac })
    }

    /// Takes the totals and notes at the file's end from the records.
    fn take_below(&mut self, header: usize) -> Vec<String> {
        let mut below = Vec::new();
        if !self.sees_end {
            return below;
        }
        let columns = self.columns;
        let (records, least) = if self.further.is_empty() { (&mut self.records, header + 2) } else { (&mut self.further, 0) };
        while records.len() > least && records.last().is_some_and(|record| ends_table(&record.cells, columns)) {
            below.extend(records.pop().map(|record| record.raw));
        }
        below.reverse();
        below
    }
}

fn records_of(text: &[u8], delimiter: u8, most: usize) -> Vec<Record> {
    let (mut reader, mut records, mut cells) = (RecordReader::new(text, delimiter), Vec::new(), 0);
    while records.len() < most && cells < CELLS {
        match reader.step() {
            Step::End => break,
            // What has more columns than any table is told by their number.
            Step::Problem(_) if reader.len() <= MOST_CELLS => {}
            Step::Problem(_) | Step::Record => {
                cells += reader.len();
                records.push(Record::of(&reader));
            }
        }
    }
    records
}

/// The last records of a text.
fn last_records(text: &[u8], delimiter: u8) -> Vec<Record> {
    let (mut reader, mut records) = (RecordReader::new(text, delimiter), std::collections::VecDeque::new());
    loop {
        match reader.step() {
            Step::End => return records.into(),
            Step::Problem(_) => {}
            Step::Record => {
                records.push_back(Record::of(&reader));
                if records.len() > PART_ROWS {
                    records.pop_front();
                }
            }
        }
    }
}

impl Record {
    fn of(reader: &RecordReader<&[u8]>) -> Self {
        let cells = (0..reader.len()).map(|index| String::from_utf8_lossy(reader.cell(index)).into_owned()).collect();
        Self { line: reader.line(), raw: shown_line(reader.raw()), cells }
    }
}

/// A part without the rest of the line in which it begins.
fn from_next_line(part: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', part).map_or(&[], |newline| &part[newline + 1..])
}

fn end_of(text: &[u8]) -> &[u8] {
    from_next_line(&text[text.len().saturating_sub(64 * 1024)..])
}

/// As wide as most rows; exporters leave a delimiter too much behind rows, or behind names.
fn is_as_wide(record: &[String], columns: usize) -> bool {
    let blank_behind = record.iter().skip(columns).all(|cell| cell.trim().is_empty());
    record.len() == columns || (columns > 2 && record.len() + 1 == columns) || (record.len() > columns && blank_behind)
}

/// Whether a record holds names and not values: few of its cells are numbers or dates, and most of them are filled.
fn is_header(record: &[String]) -> bool {
    let filled = record.iter().filter(|cell| !cell.trim().is_empty()).count();
    let values = record.iter().filter(|cell| is_value(cell)).count();
    filled >= 2 && filled * 2 >= record.len() && values * 5 <= filled
}

fn known_names(record: &[String]) -> usize {
    let keys = record.iter().map(|cell| headings::key(cell));
    keys.filter(|key| !key.is_empty() && (headings::is_common(key) || kinds::is_name(key) || vendors::is_name(key))).count()
}

fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    let reading = dates::Reading { order: DateOrder::DayMonthYear, two_digit_years: true };
    cell.contains('@') || numbers::parse(cell.as_bytes(), false).is_ok() || dates::parse(cell.as_bytes(), reading).0.is_ok()
}

/// Names that tell every column apart: the first of its name keeps it, and no number that is added makes one that stands in the file, too.
fn distinct(header: Vec<String>) -> Vec<String> {
    let named = |(index, name): (usize, String)| {
        // Databases keep no NUL in texts.
        let name = name.replace('\0', " ");
        if name.trim().is_empty() { format!("column {}", index + 1) } else { name }
    };
    let names: Vec<String> = header.into_iter().enumerate().map(named).collect();
    let mut taken: HashSet<String> = names.iter().cloned().collect();
    let (mut seen, mut counts) = (HashSet::new(), HashMap::<String, usize>::new());
    let numbered = |name: String| {
        if seen.insert(name.clone()) {
            return name;
        }
        let count = counts.entry(name.clone()).or_insert(1);
        loop {
            *count += 1;
            let numbered = format!("{name} ({count})");
            if taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    };
    names.into_iter().map(numbered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_one_name_are_told_apart_from_those_that_bear_a_number() {
        let names = |names: &[&str]| distinct(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(names(&["Total", "Total", "", "Total"]), ["Total", "Total (2)", "column 3", "Total (3)"]);
        assert_eq!(names(&["Name", "Name (2)", "Name", "Name (2)"]), ["Name", "Name (2)", "Name (3)", "Name (2) (2)"]);
        assert_eq!(names(&["Name", "Name", "Name (2)"]), ["Name", "Name (3)", "Name (2)"]);
    }
}
