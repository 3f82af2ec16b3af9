//! Sheets of a workbook as rows of text: values as the file stores them, dates as dates, whole numbers without decimals.

use super::super::problem::FileProblem;
use super::super::{inspect, recognise};
use super::iso_text;
use super::kind::Container;
use super::number_text::number_text;
use super::rows::Rows;
use calamine::{Data, ExcelDateTime, Ods, Range, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{Read, Seek, Write};

/// How many rows of a sheet tell whether it looks like a table.
const LOOKED_AT: usize = 300;
/// Rows above the table keep their place, so that a line's number is the sheet's row; but not more than these.
const MOST_ABOVE: u32 = 10_000;

/// Which sheets there are, and which one was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetNotes {
    /// The visible sheets, in the workbook's order.
    pub sheets: Vec<String>,
    /// The one that was read.
    pub sheet: String,
}

/// Writes a sheet's rows as comma-separated text: the named one, or the one that looks most like sales.
pub fn write_workbook<R: Read + Seek>(container: Container, mut reader: R, sheet: Option<&str>, out: impl Write) -> Result<SheetNotes, FileProblem> {
    match container {
        Container::Xls => match Xls::new(&mut reader) {
            Ok(book) => write(book, sheet, out),
            Err(error) => Err(locked(&mut reader).unwrap_or_else(|| problem(&error))),
        },
        Container::Xlsb => write(open::<Xlsb<R>, R>(reader)?, sheet, out),
        Container::Ods => write(open::<Ods<R>, R>(reader)?, sheet, out),
        _ => write(open::<Xlsx<R>, R>(reader)?, sheet, out),
    }
}

fn open<B: Reader<R>, R: Read + Seek>(reader: R) -> Result<B, FileProblem>
where
    B::Error: std::fmt::Display,
{
    B::new(reader).map_err(|error| problem(&error))
}

/// A newer workbook behind a password is wrapped as old ones are.
fn locked(reader: &mut (impl Read + Seek)) -> Option<FileProblem> {
    reader.rewind().ok()?;
    let error = Xlsx::new(reader).err()?;
    Some(problem(&error)).filter(|problem| *problem == FileProblem::Protected)
}

fn problem(error: &impl std::fmt::Display) -> FileProblem {
    let text = error.to_string();
    if text.to_lowercase().contains("password") { FileProblem::Protected } else { FileProblem::Workbook(text) }
}

fn write<B: Reader<R>, R: Read + Seek>(mut book: B, asked: Option<&str>, out: impl Write) -> Result<SheetNotes, FileProblem>
where
    B::Error: std::fmt::Display,
{
    let is_table = |sheet: &&Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let sheets: Vec<String> = book.sheets_metadata().iter().filter(is_table).map(|sheet| sheet.name.clone()).collect();
    let (sheet, range) = match asked {
        Some(asked) if sheets.iter().any(|sheet| sheet == asked) => (asked.to_owned(), book.worksheet_range(asked).map_err(|error| problem(&error))?),
        Some(asked) => return Err(FileProblem::NoSuchSheet(asked.to_owned(), sheets.join(", "))),
        None => best(&mut book, &sheets)?,
    };
    let above = range.start().map_or(0, |(row, _)| row.min(MOST_ABOVE));
    let mut rows = Rows::new(out);
    for _ in 0..above {
        rows.row::<&str>([])?;
    }
    for row in range.rows() {
        rows.row(row.iter().map(text))?;
    }
    rows.finish()?;
    Ok(SheetNotes { sheets, sheet })
}

/// Whether a sheet's columns are understood, whether it is a table at all, and how many rows it has.
type Score = (bool, bool, usize);

/// The sheet whose columns are understood, else the one with most rows.
fn best<B: Reader<R>, R: Read + Seek>(book: &mut B, sheets: &[String]) -> Result<(String, Range<Data>), FileProblem>
where
    B::Error: std::fmt::Display,
{
    let mut best: Option<(Score, String, Range<Data>)> = None;
    let mut failed = None;
    for sheet in sheets {
        match book.worksheet_range(sheet) {
            Ok(range) => {
                let score = score(&range)?;
                if best.as_ref().is_none_or(|(highest, ..)| score > *highest) {
                    best = Some((score, sheet.clone(), range));
                }
            }
            Err(error) => failed = failed.or(Some(problem(&error))),
        }
    }
    match (best, failed) {
        (Some((_, sheet, range)), _) => Ok((sheet, range)),
        (None, Some(problem)) => Err(problem),
        (None, None) => Err(FileProblem::Workbook("it has no visible sheet with cells".to_owned())),
    }
}

fn score(range: &Range<Data>) -> Result<Score, FileProblem> {
    let mut sample = Vec::new();
    let mut rows = Rows::new(&mut sample);
    for row in range.rows().take(LOOKED_AT) {
        rows.row(row.iter().map(text))?;
    }
    rows.finish()?;
    let inspection = inspect(&sample).ok();
    let is_known = inspection.as_ref().is_some_and(|inspection| recognise(&inspection.headers).mapping.is_some());
    Ok((is_known, inspection.is_some(), range.height()))
}

/// A cell as text.
fn text(cell: &Data) -> Cow<'_, str> {
    match cell {
        Data::Empty => Cow::Borrowed(""),
        // Some old workbooks' texts of two bytes a letter come with the zeros between their letters.
        Data::String(text) if text.contains('\0') => Cow::Owned(text.replace('\0', "")),
        Data::String(text) => Cow::Borrowed(text),
        Data::DateTimeIso(text) => Cow::Owned(iso_text::moment(text)),
        Data::DurationIso(text) => Cow::Owned(iso_text::span(text)),
        Data::Int(number) => Cow::Owned(number.to_string()),
        Data::Float(number) => Cow::Owned(number_text(*number)),
        Data::Bool(flag) => Cow::Borrowed(if *flag { "TRUE" } else { "FALSE" }),
        Data::DateTime(moment) => Cow::Owned(moment_text(moment)),
        Data::Error(error) => Cow::Owned(error.to_string()),
    }
}

/// A date, a date with its time, or a time or span alone.
fn moment_text(moment: &ExcelDateTime) -> String {
    if let (true, Some(instant)) = (moment.is_datetime() && moment.as_f64() >= 1.0, moment.as_datetime()) {
        let is_midnight = instant.time() == chrono::NaiveTime::MIN;
        return instant.format(if is_midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" }).to_string();
    }
    match moment.as_duration() {
        Some(span) if moment.as_f64() >= 0.0 => {
            let seconds = (span.num_milliseconds() + 500) / 1_000;
            format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
        }
        _ => number_text(moment.as_f64()),
    }
}
