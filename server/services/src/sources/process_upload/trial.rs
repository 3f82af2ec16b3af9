//! A file's first rows under a mapping, read by the same readers as those that are stored.

use super::fact_of::{FactMaker, Unfit};
use super::read::read_context;
use super::sale_of::Sale;
use super::trial_cells::{of_line, of_record};
use crate::sources::unpack;
use domain::sources::{ColumnMeaning, FileKind, Mapping, MappingTrial, TrialRow, UploadIssue};
use engine::ingestion::{CleaningLog, Discounts, Evidence, Inspection, LineReader, ParsedRecord, ReadContext, RecordsReader, RowIssue};
use std::path::PathBuf;

/// So many rows are looked at: some tenths of a second.
const MOST_ROWS: i64 = 50_000;
const ROWS_SHOWN: usize = 20;
const PROBLEMS_SHOWN: usize = 50;
/// As often as when a file is stored: a file may show only later how its dates and amounts are written.
const MOST_PASSES: usize = 4;

/// What is tried.
pub(in crate::sources) struct Trial {
    pub(in crate::sources) path: PathBuf,
    pub(in crate::sources) upload_max_bytes: u64,
    pub(in crate::sources) inspection: Inspection,
    pub(in crate::sources) mapping: Mapping,
    pub(in crate::sources) merchant: entity::merchant::Model,
    /// What the file tells of its discounts, as far as it was looked at.
    pub(in crate::sources) discounts: Option<Discounts>,
}

/// Names of cells, and what stands in them.
pub(super) type Cells = Vec<(&'static str, String)>;

/// What was seen in one pass.
#[derive(Default)]
struct Sheet {
    columns: Vec<&'static str>,
    rows: Vec<TrialRow>,
    problems: Vec<UploadIssue>,
    good: i64,
    bad: i64,
    is_whole: bool,
}

/// Reads the first rows; the error is a sentence for the person who brought the file.
pub(in crate::sources) fn try_file(mut trial: Trial) -> Result<MappingTrial, String> {
    let context =
        read_context(&trial.merchant).map_err(|_| "the shop's time zone or currency is not known; choose them anew under Shop".to_owned())?;
    let of_discounts = trial.settle_discounts();
    for _ in 0..MOST_PASSES {
        let (sheet, evidence) = if trial.mapping.kind == FileKind::Orders { trial.orders(context)? } else { trial.records(context)? };
        match evidence.reread_with {
            Some(mended) => trial.mapping = mended,
            None => return Ok(sheet.into_trial(trial.mapping.kind, of_discounts.into_iter().chain(evidence.remarks).collect())),
        }
    }
    Err("the file's dates and amounts contradict each other; say how they are written".to_owned())
}

impl Trial {
    /// Reads discounts as the rows tell; gives the sentences about it.
    fn settle_discounts(&mut self) -> Vec<String> {
        let Some(found) = self.discounts.take() else { return Vec::new() };
        self.mapping = found.mapping;
        let beginning = "The file is long: only its beginning was looked at so far. When it is read, all of its rows are.".to_owned();
        found.remarks.into_iter().chain((!found.is_whole).then_some(beginning)).collect()
    }

    fn orders(&self, context: ReadContext) -> Result<(Sheet, Evidence), String> {
        let (unpacked, reading) = unpack::open(&self.path).map_err(|_| away())?;
        let lines = LineReader::new(unpacked.for_uploads_of(self.upload_max_bytes), &self.inspection, &self.mapping, context);
        let (mut lines, mut sheet) = (lines.map_err(|problem| problem.to_string())?, Sheet::default());
        while let Some(row) = lines.next_line() {
            match row {
                Ok(line) => sheet.add(line.row_line, || of_line(&line)),
                Err(issue) => sheet.refuse(issue),
            }
            if sheet.is_full() {
                return Ok((sheet, lines.evidence()));
            }
        }
        if let Some(fault) = reading.fault().or_else(|| lines.failure().map(|problem| problem.to_string())) {
            return Err(fault);
        }
        sheet.is_whole = true;
        Ok((sheet, lines.evidence()))
    }

    fn records(&self, context: ReadContext) -> Result<(Sheet, Evidence), String> {
        let (unpacked, reading) = unpack::open(&self.path).map_err(|_| away())?;
        let records = RecordsReader::new(unpacked.for_uploads_of(self.upload_max_bytes), &self.inspection, &self.mapping, context);
        let (mut records, mut sheet) = (records.map_err(|problem| problem.to_string())?, Sheet::default());
        let (kind, mut maker) = (self.mapping.kind, FactMaker::new(self.mapping.kind, &self.inspection.headers));
        let meanings: Vec<ColumnMeaning> = self.mapping.columns.keys().copied().collect();
        while let Some(row) = records.next_record() {
            match row {
                Ok(record) => match unfit(&record, kind, &mut maker) {
                    None => sheet.add(record.row_line, || of_record(&record, &meanings)),
                    Some(Unfit(meaning, reason)) => sheet.refuse(records.issue(meaning, reason)),
                },
                Err(issue) => sheet.refuse(issue),
            }
            if sheet.is_full() {
                return Ok((sheet, records.evidence()));
            }
        }
        if let Some(fault) = reading.fault().or_else(|| records.failure().map(|problem| problem.to_string())) {
            return Err(fault);
        }
        sheet.is_whole = true;
        Ok((sheet, records.evidence()))
    }
}

fn away() -> String {
    "the uploaded file cannot be reached; try again in a moment, or upload it once more".to_owned()
}

/// Why a record is of no use, if it is of none.
fn unfit(record: &ParsedRecord, kind: FileKind, maker: &mut FactMaker) -> Option<Unfit> {
    match kind {
        FileKind::SellOut | FileKind::Refunds => Sale::of(record, kind).err(),
        _ => maker.fact(record, &mut CleaningLog::default()).err(),
    }
}

impl Sheet {
    fn add(&mut self, line: u64, cells: impl FnOnce() -> Cells) {
        self.good += 1;
        if self.rows.len() < ROWS_SHOWN {
            let (columns, cells) = cells().into_iter().unzip();
            self.columns = columns;
            self.rows.push(TrialRow { line: number(line), cells });
        }
    }

    fn refuse(&mut self, issue: RowIssue) {
        self.bad += 1;
        if self.problems.len() < PROBLEMS_SHOWN {
            let RowIssue { line, column, reason, raw, .. } = issue;
            self.problems.push(UploadIssue { line: number(line), column, reason, raw });
        }
    }

    fn is_full(&self) -> bool {
        self.good + self.bad >= MOST_ROWS
    }

    /// Without the columns that are empty in all rows.
    fn into_trial(self, kind: FileKind, remarks: Vec<String>) -> MappingTrial {
        let is_filled = |column: &usize| self.rows.iter().any(|row| !row.cells[*column].is_empty());
        let kept: Vec<usize> = (0..self.columns.len()).filter(is_filled).collect();
        let cells = |row: &TrialRow| kept.iter().map(|column| row.cells[*column].clone()).collect();
        MappingTrial {
            kind,
            missing: Vec::new(),
            columns: kept.iter().map(|column| self.columns[*column].to_owned()).collect(),
            rows: self.rows.iter().map(|row| TrialRow { line: row.line, cells: cells(row) }).collect(),
            problems: self.problems,
            rows_read: self.good + self.bad,
            rows_good: self.good,
            rows_bad: self.bad,
            is_whole: self.is_whole,
            remarks,
            ambiguities: Vec::new(),
        }
    }
}

fn number(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}
