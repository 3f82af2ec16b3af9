//! Records split on one core while those before them are read on another.

use super::inspect::Inspection;
use super::records::{RecordProblem, RecordReader, Span, Step};
use super::text_reader::TextReader;
use std::io::{self, Read};

/// A batch is handed over when it takes so much memory; one record more may stand in it.
const BATCH_BYTES: usize = 256 << 10;

/// Some records in a row, split into cells.
#[derive(Debug, Default)]
pub struct RecordBatch {
    /// The records as they stand in the file, and the cells that lost their quotes.
    bytes: Vec<u8>,
    cells: Vec<(usize, usize)>,
    records: Vec<SplitRecord>,
    /// What follows the last record of the file, and the fault that ended it if one did.
    end: Option<Result<(), io::Error>>,
}

/// Where a record stands in its batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct SplitRecord {
    pub(super) line: u64,
    pub(super) raw: (usize, usize),
    /// Where its cells end among all cells of the batch.
    cells_end: usize,
    pub(super) problem: Option<RecordProblem>,
}

/// Splits a file's (decompressed) bytes into batches of records.
pub struct Splitter<R> {
    records: RecordReader<TextReader<R>>,
    has_ended: bool,
}

impl<R: Read> Splitter<R> {
    /// From the file's beginning.
    pub fn new(reader: R, inspection: &Inspection) -> Self {
        let text = TextReader::new(reader, inspection.encoding, inspection.old_mac);
        Self { records: RecordReader::new(text, inspection.delimiter), has_ended: false }
    }

    /// The records that follow; `None` after the batch with the file's end.
    pub fn next_batch(&mut self) -> Option<RecordBatch> {
        if self.has_ended {
            return None;
        }
        let mut batch = RecordBatch { bytes: Vec::with_capacity(BATCH_BYTES / 2), ..RecordBatch::default() };
        while batch.memory() < BATCH_BYTES {
            match self.records.step() {
                Step::Record => batch.add(&self.records, None),
                Step::Problem(problem) => batch.add(&self.records, Some(problem)),
                Step::End => {
                    self.has_ended = true;
                    batch.end = Some(self.records.take_failure().map_or(Ok(()), Err));
                    break;
                }
            }
        }
        Some(batch)
    }
}

impl RecordBatch {
    fn memory(&self) -> usize {
        self.bytes.len() + size_of_val(self.cells.as_slice()) + size_of_val(self.records.as_slice())
    }

    fn add<R: Read>(&mut self, records: &RecordReader<R>, problem: Option<RecordProblem>) {
        let (from, raw) = (self.bytes.len(), records.raw());
        self.bytes.extend_from_slice(raw);
        for index in 0..records.len() {
            self.add_cell(records, index, from);
        }
        let raw = (from, from + raw.len());
        self.records.push(SplitRecord { line: records.line(), raw, cells_end: self.cells.len(), problem });
    }

    fn add_cell<R: Read>(&mut self, records: &RecordReader<R>, index: usize, from: usize) {
        let place = records.place_in_raw(index).map(|(start, end)| (from + start, from + end));
        let place = place.unwrap_or_else(|| {
            let start = self.bytes.len();
            self.bytes.extend_from_slice(records.cell(index));
            (start, self.bytes.len())
        });
        self.cells.push(place);
    }
}

/// Records that were split ahead, batch by batch.
pub(super) struct Ahead {
    batches: Box<dyn FnMut() -> Option<RecordBatch> + Send>,
    cells: Vec<(usize, usize)>,
    records: Vec<SplitRecord>,
    /// The next of `records`, and of `cells`.
    next: (usize, usize),
    end: Option<Result<(), io::Error>>,
}

impl Ahead {
    /// From what gives the batches in turn; that it gives none before the file's end is a fault.
    pub(super) fn new(batches: impl FnMut() -> Option<RecordBatch> + Send + 'static) -> Self {
        Self { batches: Box::new(batches), cells: Vec::new(), records: Vec::new(), next: (0, 0), end: None }
    }

    /// The next record of the batch, its cells put into `spans`.
    pub(super) fn next_record(&mut self, spans: &mut Vec<Span>) -> Option<SplitRecord> {
        let record = *self.records.get(self.next.0)?;
        spans.clear();
        spans.extend(self.cells[self.next.1..record.cells_end].iter().map(|&(start, end)| Span { start, end, unescaped: false }));
        self.next = (self.next.0 + 1, record.cells_end);
        Some(record)
    }

    /// Takes the next batch, its bytes into `buffer`; false after the file's end.
    pub(super) fn next_batch(&mut self, buffer: &mut Vec<u8>) -> io::Result<bool> {
        if let Some(end) = self.end.take() {
            // Whoever asks again is told again that this is the end.
            self.end = Some(Ok(()));
            return end.map(|()| false);
        }
        let batch = (self.batches)().ok_or_else(|| io::Error::other("splitting the file into records broke off"));
        let RecordBatch { bytes, cells, records, end } = batch.inspect_err(|_| self.end = Some(Ok(())))?;
        (*buffer, self.cells, self.records, self.end, self.next) = (bytes, cells, records, end, (0, 0));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::encoding::Encoding;
    use proptest::prelude::*;
    use std::io::empty;

    type Row = (u64, Option<RecordProblem>, Vec<u8>, Vec<Vec<u8>>);

    fn rows<R: Read>(reader: &mut RecordReader<R>) -> Vec<Row> {
        let mut rows = Vec::new();
        loop {
            let problem = match reader.step() {
                Step::End => return rows,
                Step::Problem(problem) => Some(problem),
                Step::Record => None,
            };
            let cells = (0..reader.len()).map(|index| reader.cell(index).to_vec()).collect();
            rows.push((reader.line(), problem, reader.raw().to_vec(), cells));
        }
    }

    fn text_of(bytes: &[u8]) -> TextReader<&[u8]> {
        TextReader::new(bytes, Encoding::of(bytes), false)
    }

    fn ahead(bytes: &[u8]) -> RecordReader<io::Empty> {
        let mut splitter = Splitter { records: RecordReader::new(text_of(bytes), b','), has_ended: false };
        let batches: Vec<RecordBatch> = std::iter::from_fn(|| splitter.next_batch()).collect();
        let mut batches = batches.into_iter();
        RecordReader::of_ahead(Ahead::new(move || batches.next()), empty())
    }

    proptest! {
        #[test]
        fn records_split_ahead_are_those_that_are_split_here(text in "([a-c\"]{0,3}[,\n]){0,60}") {
            let bytes = text.into_bytes();
            prop_assert_eq!(rows(&mut ahead(&bytes)), rows(&mut RecordReader::new(text_of(&bytes), b',')));
        }
    }

    #[test]
    fn many_batches_are_one_file() {
        let text = "\"a \"\"b\"\"\",12345,\"c\nd\"\nplain,,\n".repeat(30_000);
        let (mut split, mut here) = (ahead(text.as_bytes()), RecordReader::new(text_of(text.as_bytes()), b','));
        let found = rows(&mut split);
        assert_eq!(found.len(), 60_000);
        assert!(found == rows(&mut here), "the same records, lines and cells");
        assert!(split.failure().is_none() && rows(&mut split).is_empty());
    }

    #[test]
    fn batches_that_end_before_the_file_are_a_fault() {
        let mut splitter = Splitter { records: RecordReader::new(text_of(b"a,b\n".repeat(60_000).leak()), b','), has_ended: false };
        let mut first = splitter.next_batch();
        let mut reader = RecordReader::of_ahead(Ahead::new(move || first.take()), empty());
        assert!(!rows(&mut reader).is_empty());
        assert!(reader.failure().is_some_and(|failure| failure.to_string().contains("broke off")));
        assert!(rows(&mut reader).is_empty());
    }
}
