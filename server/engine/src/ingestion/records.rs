//! Splits bytes into records and cells (RFC 4180, leniently) with true line numbers, the raw text and bounded memory.
//!
//! The `csv` crate keeps neither the raw row nor a bound on its length, and counts lines only at `\n` before the row, so this is our own.

use super::split_ahead::Ahead;
use memchr::{memchr, memchr_iter, memchr2};
use std::io::Read;

/// The longest cell.
pub(super) const CELL_BYTES: usize = 1024 * 1024;
/// The most cells of a record: four times as many as Excel has columns.
pub(super) const MOST_CELLS: usize = 65_536;
/// The longest record, so that an unclosed quote does not swallow the memory.
const RECORD_BYTES: usize = 2 * 1024 * 1024;
const CHUNK_BYTES: usize = 256 * 1024;

/// Where a cell stands: in the buffer, or unescaped in the scratch space.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) unescaped: bool,
}

/// Why a record could not be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordProblem {
    /// A cell or record beyond the cap, or with more cells than any table has.
    TooLong,
    /// A quotation mark that never closes.
    UnclosedQuote,
}

/// One step of reading.
pub(super) enum Step {
    /// A record stands in the reader.
    Record,
    /// A record that could not be split stands in the reader as raw text.
    Problem(RecordProblem),
    /// The end of the file.
    End,
}

/// Reads records one after the other into the same memory.
pub(super) struct RecordReader<R> {
    reader: R,
    delimiter: u8,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at_end: bool,
    next_line: u64,
    line: u64,
    raw: (usize, usize),
    spans: Vec<Span>,
    scratch: Vec<u8>,
    failure: Option<std::io::Error>,
    /// Where records come from that were split elsewhere.
    ahead: Option<Ahead>,
}

/// What the search for a record's end found.
enum Found {
    /// The record's end and where the next begins.
    Complete { end: usize, next: usize },
    /// The buffer ends before the record does.
    NeedsMore,
    /// The file ends inside a quoted cell.
    Unclosed,
}

impl<R: Read> RecordReader<R> {
    pub(super) fn new(reader: R, delimiter: u8) -> Self {
        Self {
            reader,
            delimiter,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            at_end: false,
            next_line: 1,
            line: 1,
            raw: (0, 0),
            spans: Vec::new(),
            scratch: Vec::new(),
            failure: None,
            ahead: None,
        }
    }

    /// A reader of records that were split elsewhere; its own bytes are not asked for.
    pub(super) fn of_ahead(ahead: Ahead, nothing: R) -> Self {
        Self { ahead: Some(ahead), ..Self::new(nothing, b',') }
    }

    /// The line on which the current record begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The current record as it stands in the file, without its line end.
    pub(super) fn raw(&self) -> &[u8] {
        &self.buffer[self.raw.0..self.raw.1]
    }

    /// How many cells the current record has.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// A cell of the current record; empty beyond its end.
    pub(super) fn cell(&self, index: usize) -> &[u8] {
        match self.spans.get(index) {
            Some(Span { start, end, unescaped: false }) => &self.buffer[*start..*end],
            Some(Span { start, end, unescaped: true }) => &self.scratch[*start..*end],
            None => &[],
        }
    }

    /// Where a cell stands within the raw text; `None` for one that lost quotes within it.
    pub(super) fn place_in_raw(&self, index: usize) -> Option<(usize, usize)> {
        let span = self.spans.get(index).filter(|span| !span.unescaped)?;
        Some((span.start - self.raw.0, span.end - self.raw.0))
    }

    /// The innermost reader.
    pub(super) fn source(&self) -> &R {
        &self.reader
    }

    /// Why the file ended early, if it did.
    pub(super) fn failure(&self) -> Option<&std::io::Error> {
        self.failure.as_ref()
    }

    /// The same, to be handed on.
    pub(super) fn take_failure(&mut self) -> Option<std::io::Error> {
        self.failure.take()
    }

    /// Moves to the next record; blank lines are passed over.
    pub(super) fn step(&mut self) -> Step {
        if self.ahead.is_some() {
            return self.step_ahead();
        }
        loop {
            match self.find_end() {
                Found::Complete { end, next } => {
                    let raw_end = if end > self.start && self.buffer[end - 1] == b'\r' { end - 1 } else { end };
                    self.begin(raw_end);
                    let newlines = if self.is_plain() { 1 } else { memchr_iter(b'\n', &self.buffer[self.start..next]).count() as u64 };
                    self.next_line += newlines.max(1);
                    self.start = next;
                    if self.raw.0 == self.raw.1 {
                        continue;
                    }
                    return if self.split() { Step::Record } else { Step::Problem(RecordProblem::TooLong) };
                }
                Found::NeedsMore if self.end - self.start >= RECORD_BYTES => return self.give_up(RecordProblem::TooLong),
                Found::NeedsMore => self.fill(),
                Found::Unclosed => return self.give_up(RecordProblem::UnclosedQuote),
            }
            if self.at_end && self.start >= self.end {
                return Step::End;
            }
        }
    }

    /// Takes the next record as it was split, and the next batch when this one is through.
    fn step_ahead(&mut self) -> Step {
        let Some(ahead) = &mut self.ahead else { return Step::End };
        loop {
            if let Some(record) = ahead.next_record(&mut self.spans) {
                (self.line, self.raw) = (record.line, record.raw);
                return record.problem.map_or(Step::Record, Step::Problem);
            }
            match ahead.next_batch(&mut self.buffer) {
                Ok(true) => {}
                Ok(false) => return Step::End,
                Err(failure) => {
                    self.failure = Some(failure);
                    return Step::End;
                }
            }
        }
    }

    fn begin(&mut self, raw_end: usize) {
        self.line = self.next_line;
        self.raw = (self.start, raw_end);
        self.spans.clear();
        self.scratch.clear();
    }

    fn is_plain(&self) -> bool {
        memchr(b'\n', self.raw()).is_none()
    }

    /// Where the record that begins at `start` ends, quoted line ends skipped.
    fn find_end(&self) -> Found {
        let rest = &self.buffer[self.start..self.end];
        let Some(newline) = memchr(b'\n', rest) else {
            return if memchr(b'"', rest).is_some() { self.find_quoted_end() } else { self.end_of_buffer() };
        };
        if memchr(b'"', &rest[..newline]).is_some() {
            return self.find_quoted_end();
        }
        Found::Complete { end: self.start + newline, next: self.start + newline + 1 }
    }

    fn find_quoted_end(&self) -> Found {
        let mut cell = self.start;
        loop {
            let text_end = match self.buffer[..self.end].get(cell) {
                None => return self.end_of_buffer(),
                Some(b'"') => match self.closing_quote(cell + 1) {
                    Some(closing) => closing + 1,
                    None if self.at_end => return Found::Unclosed,
                    None => return Found::NeedsMore,
                },
                Some(_) => cell,
            };
            let Some(stop) = memchr2(self.delimiter, b'\n', &self.buffer[text_end..self.end]).map(|offset| text_end + offset) else {
                return self.end_of_buffer();
            };
            if self.buffer[stop] == b'\n' {
                return Found::Complete { end: stop, next: stop + 1 };
            }
            cell = stop + 1;
        }
    }

    fn end_of_buffer(&self) -> Found {
        if self.at_end && self.end > self.start { Found::Complete { end: self.end, next: self.end } } else { Found::NeedsMore }
    }

    /// The quote that closes a cell whose text begins at `from`; doubled quotes are text.
    fn closing_quote(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let quote = at + memchr(b'"', self.buffer.get(at..self.end)?)?;
            match self.buffer[..self.end].get(quote + 1) {
                Some(b'"') => at = quote + 2,
                // Whether a second quote follows is not known before more is read.
                None if !self.at_end => return None,
                _ => return Some(quote),
            }
        }
    }

    /// Splits the current raw text into cells; false when one is longer than the cap.
    fn split(&mut self) -> bool {
        let (start, end) = self.raw;
        if memchr(b'"', &self.buffer[start..end]).is_none() {
            let mut cell = start;
            for offset in memchr_iter(self.delimiter, &self.buffer[start..end]).take(MOST_CELLS) {
                self.spans.push(Span { start: cell, end: start + offset, unescaped: false });
                cell = start + offset + 1;
            }
            self.spans.push(Span { start: cell, end, unescaped: false });
        } else {
            self.split_quoted(start, end);
        }
        self.spans.len() <= MOST_CELLS && self.spans.iter().all(|span| span.end - span.start <= CELL_BYTES)
    }

    fn split_quoted(&mut self, start: usize, end: usize) {
        let mut at = start;
        loop {
            let is_quoted = self.buffer[..end].get(at) == Some(&b'"');
            let span = if is_quoted { self.quoted_cell(at + 1, end) } else { None };
            let (span, next) = span.unwrap_or_else(|| {
                let stop = memchr(self.delimiter, &self.buffer[at..end]).map_or(end, |offset| at + offset);
                (Span { start: at, end: stop, unescaped: false }, stop)
            });
            self.spans.push(span);
            if next >= end || self.spans.len() > MOST_CELLS {
                return;
            }
            at = next + 1;
        }
    }

    /// A quoted cell whose text begins at `from`, and where its delimiter stands.
    fn quoted_cell(&mut self, from: usize, end: usize) -> Option<(Span, usize)> {
        let closing = self.closing_quote(from).filter(|closing| *closing < end)?;
        let stop = memchr(self.delimiter, &self.buffer[closing + 1..end]).map_or(end, |offset| closing + 1 + offset);
        let text = &self.buffer[from..closing];
        if stop == closing + 1 && memchr(b'"', text).is_none() {
            return Some((Span { start: from, end: closing, unescaped: false }, stop));
        }
        let scratch_start = self.scratch.len();
        let mut at = from;
        for quote in memchr_iter(b'"', text).map(|offset| from + offset) {
            // Of two quotes in a row the second is the text.
            if quote + 1 > at {
                self.scratch.extend_from_slice(&self.buffer[at..=quote]);
                at = quote + 2;
            }
        }
        self.scratch.extend_from_slice(self.buffer.get(at..closing).unwrap_or_default());
        self.scratch.extend_from_slice(&self.buffer[closing + 1..stop]);
        Some((Span { start: scratch_start, end: self.scratch.len(), unescaped: true }, stop))
    }

    /// Gives the line on which a broken record begins as raw text, and goes on with the next line.
    fn give_up(&mut self, problem: RecordProblem) -> Step {
        let line_end = memchr(b'\n', &self.buffer[self.start..self.end]).map(|offset| self.start + offset);
        self.begin(line_end.unwrap_or(self.end));
        self.next_line += 1;
        match line_end {
            Some(line_end) => self.start = line_end + 1,
            None => self.skip_line(),
        }
        Step::Problem(problem)
    }

    /// Drops the rest of a line that is longer than the buffer; what stands in the buffer stays as raw text.
    fn skip_line(&mut self) {
        self.start = self.end;
        let kept = self.raw;
        let mut chunk = vec![0; CHUNK_BYTES];
        while !self.at_end {
            let count = self.read_into(&mut chunk);
            if let Some(offset) = memchr(b'\n', &chunk[..count]) {
                let rest = &chunk[offset + 1..count];
                self.buffer.truncate(self.end);
                self.buffer.extend_from_slice(rest);
                self.end = self.buffer.len();
                break;
            }
        }
        self.raw = kept;
    }

    fn read_into(&mut self, chunk: &mut [u8]) -> usize {
        loop {
            match self.reader.read(chunk) {
                Ok(0) => {
                    self.at_end = true;
                    return 0;
                }
                Ok(count) => return count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    self.at_end = true;
                    return 0;
                }
            }
        }
    }

    /// Moves the unread rest to the front and reads more behind it.
    fn fill(&mut self) {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let wanted = self.end + CHUNK_BYTES;
        if self.buffer.is_empty() {
            // Zeros from the allocator cost nothing.
            self.buffer = vec![0; wanted];
        } else if self.buffer.len() < wanted {
            self.buffer.resize(wanted, 0);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let count = self.read_into(&mut buffer[self.end..wanted]);
        self.buffer = buffer;
        self.end += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &[u8]) -> Vec<(u64, Result<Vec<String>, RecordProblem>)> {
        let mut reader = RecordReader::new(text, b',');
        let mut rows = Vec::new();
        loop {
            let row = match reader.step() {
                Step::End => return rows,
                Step::Problem(problem) => Err(problem),
                Step::Record => Ok((0..reader.len()).map(|index| String::from_utf8_lossy(reader.cell(index)).into_owned()).collect()),
            };
            rows.push((reader.line(), row));
        }
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes()).into_iter().filter_map(|(_, row)| row.ok()).collect()
    }

    #[test]
    fn quotes_commas_and_line_ends_are_read() {
        assert_eq!(cells("a,\"b,c\",\"d\"\"e\"\r\n,\"\",x\n"), [["a", "b,c", "d\"e"], ["", "", "x"]]);
        assert_eq!(cells("5\" wide,\"a\"b,c"), [["5\" wide", "ab", "c"]]);
        assert_eq!(cells("\"\"\"\",\"\"\"x\"\"\"\n"), [["\"", "\"x\""]]);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines: Vec<u64> = read(b"h\r\n\r\n\"a\nb\"\r\nc\n\n\nd").into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3, 5, 8]);
    }

    #[test]
    fn an_unclosed_quote_costs_one_row() {
        let rows = read(b"a,b\n\"c,d\ne,f\n");
        assert_eq!(rows[1], (2, Err(RecordProblem::UnclosedQuote)));
        assert_eq!(rows[2], (3, Ok(vec!["e".to_owned(), "f".to_owned()])));
    }

    #[test]
    fn a_record_of_more_cells_than_any_table_has_costs_one_row() {
        for cell in [",", "\"a\","] {
            let most = cell.repeat(MOST_CELLS - 1);
            let rows = read(format!("{most}\n{most},\nafter,it\n").as_bytes());
            assert_eq!(
                rows.iter().map(|(_, row)| row.as_ref().map(Vec::len).map_err(|problem| *problem)).collect::<Vec<_>>(),
                [Ok(MOST_CELLS), Err(RecordProblem::TooLong), Ok(2)]
            );
        }
    }

    #[test]
    fn a_line_beyond_the_cap_costs_one_row_and_little_memory() {
        let mut text = vec![b'x'; 5 * RECORD_BYTES];
        text.extend_from_slice(b"\nafter,it\n");
        let rows = read(&text);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].1, Err(RecordProblem::TooLong));
        assert_eq!(rows[1], (2, Ok(vec!["after".to_owned(), "it".to_owned()])));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            read(&bytes);
        }

        #[test]
        fn written_cells_are_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a-z\",\n ]{0,6}", 2..5), 1..8)) {
            let written: String = rows
                .iter()
                .map(|row| row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\r\n")
                .collect();
            prop_assert_eq!(cells(&written), rows);
        }
    }
}
