//! What a file is, by its first bytes: encoding, delimiter, header and the first rows.

use super::encoding::Encoding;
use super::problem::FileProblem;
use super::records::{RecordReader, Step};
use super::text_reader::TextReader;
use super::{dates, numbers};
use domain::sources::DateOrder;
use std::collections::HashMap;
use std::io::Read;

/// How many of a file's first bytes [`inspect`] looks at.
pub const SAMPLE_BYTES: usize = 1024 * 1024;
/// The most columns a spreadsheet can have.
const COLUMNS: usize = 16_384;
/// The most rows the sample gives.
const ROWS: usize = 200;
/// Notes may stand above the header, but not more lines than this.
const LINES_ABOVE: usize = 20;

/// How to read a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// In which encoding it is written.
    pub encoding: Encoding,
    /// What parts its cells.
    pub delimiter: u8,
    /// Its column names as it spells them; unnamed columns are called `column 3`, repeated names `Total (2)`.
    pub headers: Vec<String>,
    /// Its first rows, at most 200.
    pub rows: Vec<Vec<String>>,
    /// The line on which the header stands, counted from 1.
    pub header_line: u64,
    /// Whether lines end with a carriage return alone.
    pub(super) old_mac: bool,
}

/// Looks at a file's first bytes (decompressed, at most [`SAMPLE_BYTES`] are looked at).
pub fn inspect(sample: &[u8]) -> Result<Inspection, FileProblem> {
    let sample = &sample[..sample.len().min(SAMPLE_BYTES)];
    if let Some(problem) = by_first_bytes(sample) {
        return Err(problem);
    }
    let encoding = Encoding::of(sample);
    let old_mac = !sample.contains(&b'\n') && sample.contains(&b'\r');
    let mut text = Vec::new();
    TextReader::new(sample, encoding, old_mac).read_to_end(&mut text).map_err(|error| FileProblem::Unreadable(error.to_string()))?;
    if text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(FileProblem::Empty);
    }
    let controls = text.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0)).count();
    let nuls = text.iter().filter(|byte| **byte == 0).count();
    if controls * 50 > text.len() || nuls * 10 > text.len() {
        return Err(FileProblem::Binary);
    }
    let is_cut = sample.len() == SAMPLE_BYTES;
    let table = [b',', b';', b'\t', b'|'].into_iter().map(|delimiter| Table::of(&text, delimiter, is_cut)).max_by_key(Table::score);
    table.filter(|table| table.columns >= 2).ok_or(FileProblem::OneColumn)?.into_inspection(encoding, old_mac)
}

fn by_first_bytes(sample: &[u8]) -> Option<FileProblem> {
    const AGAIN: &str = "choose the file that your shop or till exported";
    const SAVE: &str = "open it, save it as CSV (“CSV UTF-8”) and bring that file";
    const UNPACK: &str = "unpack it and bring the CSV files in it";
    let has = |needle: &[u8]| memchr::memmem::find(&sample[..sample.len().min(4096)], needle).is_some();
    let starts = |magic: &[u8]| sample.starts_with(magic);
    let (what, advice) = match sample {
        _ if starts(b"\x89PNG") => ("a picture (PNG)", AGAIN),
        _ if starts(b"\xFF\xD8\xFF") => ("a picture (JPEG)", AGAIN),
        _ if starts(b"GIF8") => ("a picture (GIF)", AGAIN),
        _ if starts(b"RIFF") && has(b"WEBP") => ("a picture (WebP)", AGAIN),
        _ if starts(b"BM") && has(b"\0\0\0\0") => ("a picture (BMP)", AGAIN),
        _ if starts(b"%PDF") => ("a PDF document", AGAIN),
        _ if starts(b"PK\x03\x04") && (has(b"xl/") || has(b"[Content_Types].xml")) => ("an Excel workbook (.xlsx)", SAVE),
        _ if starts(b"PK\x03\x04") && has(b"opendocument.spreadsheet") => ("an OpenDocument spreadsheet (.ods)", SAVE),
        _ if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => ("a ZIP archive", UNPACK),
        _ if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => ("an old Excel workbook (.xls)", SAVE),
        _ if starts(b"\x1F\x8B") => ("a compressed file inside a compressed file", UNPACK),
        _ if starts(b"7z\xBC\xAF\x27\x1C") || starts(b"Rar!") || starts(b"BZh") || starts(b"\xFD7zXZ") || starts(b"\x28\xB5\x2F\xFD") => {
            ("a compressed file of a kind that is not read here", UNPACK)
        }
        _ if starts(b"SQLite format 3") => ("a database (SQLite)", AGAIN),
        _ if starts(b"PAR1") => ("a Parquet file", AGAIN),
        _ if starts(b"\x7FELF") || starts(b"MZ\x90") => ("a program", AGAIN),
        _ => by_first_word(sample, AGAIN)?,
    };
    Some(FileProblem::NotText(what, advice))
}

fn by_first_word(sample: &[u8], advice: &'static str) -> Option<(&'static str, &'static str)> {
    let text = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample).trim_ascii_start();
    let start = text[..text.len().min(16)].to_ascii_lowercase();
    match start.as_slice() {
        start if start.starts_with(b"<!doctype") || start.starts_with(b"<html") => Some(("a web page (HTML)", advice)),
        start if start.starts_with(b"<?xml") => Some(("an XML file", advice)),
        start if start.starts_with(b"{\"") || start.starts_with(b"[{") || start.starts_with(b"{\n") => Some(("a JSON file", advice)),
        _ => None,
    }
}

/// The sample as one delimiter splits it.
struct Table {
    delimiter: u8,
    records: Vec<(u64, Vec<String>)>,
    columns: usize,
    /// Of a thousand records, how many have that many columns.
    alike: usize,
}

impl Table {
    fn of(text: &[u8], delimiter: u8, is_cut: bool) -> Self {
        let mut reader = RecordReader::new(text, delimiter);
        let mut records = Vec::new();
        let mut cells = 0;
        while records.len() < ROWS + LINES_ABOVE && cells < 400_000 {
            match reader.step() {
                Step::End => break,
                Step::Problem(_) => {}
                Step::Record => {
                    cells += reader.len();
                    let cell = |index: usize| String::from_utf8_lossy(reader.cell(index)).into_owned();
                    records.push((reader.line(), (0..reader.len()).map(cell).collect::<Vec<_>>()));
                }
            }
        }
        // The sample may end in the middle of a row.
        if is_cut && records.len() < ROWS + LINES_ABOVE && records.len() > 1 {
            records.pop();
        }
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for (_, record) in &records {
            *counts.entry(record.len()).or_default() += 1;
        }
        let (columns, count) = counts.into_iter().max_by_key(|(columns, count)| (*count, *columns)).unwrap_or((0, 0));
        Self { delimiter, alike: count * 1000 / records.len().max(1), records, columns }
    }

    /// How well the delimiter fits: a table at all, with a header, regular, with many columns.
    fn score(&self) -> (bool, bool, usize, usize) {
        (self.columns >= 2, self.header_index().is_some(), self.alike / 50, self.columns)
    }

    fn header_index(&self) -> Option<usize> {
        let candidates = self.records.iter().take(LINES_ABOVE).enumerate();
        candidates.filter(|(_, (_, record))| record.len() == self.columns).find(|(_, (_, record))| is_header(record)).map(|(index, _)| index)
    }

    fn into_inspection(self, encoding: Encoding, old_mac: bool) -> Result<Inspection, FileProblem> {
        let index = self.header_index();
        let first_columns = self.records.first().map_or(0, |(_, record)| record.len());
        if first_columns.max(self.columns) > COLUMNS {
            return Err(FileProblem::TooManyColumns(first_columns.max(self.columns)));
        }
        let index = index.ok_or(FileProblem::NoHeader)?;
        let mut records = self.records.into_iter().skip(index);
        let (header_line, header) = records.next().ok_or(FileProblem::NoHeader)?;
        let rows: Vec<Vec<String>> = records.map(|(_, record)| record).take(ROWS).collect();
        if rows.is_empty() {
            return Err(FileProblem::NoRows);
        }
        Ok(Inspection { encoding, delimiter: self.delimiter, headers: distinct(header), rows, header_line, old_mac })
    }
}

/// Whether a record holds names and not values: few of its cells are numbers or dates, and most of them are filled.
fn is_header(record: &[String]) -> bool {
    let filled = record.iter().filter(|cell| !cell.trim().is_empty()).count();
    let values = record.iter().filter(|cell| is_value(cell)).count();
    filled >= 2 && filled * 2 >= record.len() && values * 5 <= filled
}

fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    let reading = dates::Reading { order: DateOrder::DayMonthYear, two_digit_years: true };
    cell.contains('@') || numbers::parse(cell.as_bytes(), false).is_ok() || dates::parse(cell.as_bytes(), reading).0.is_ok()
}

/// Names that tell every column apart.
fn distinct(header: Vec<String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let name = |(index, name): (usize, String)| {
        // Databases keep no NUL in texts.
        let name = if name.trim().is_empty() { format!("column {}", index + 1) } else { name.replace('\0', " ") };
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name} ({count})") }
    };
    header.into_iter().enumerate().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Inspection {
        inspect(text.as_bytes()).expect("it is a table")
    }

    #[test]
    fn the_delimiter_is_found_over_the_sample() {
        assert_eq!(found("Order,Date,Total\n1,2011-12-09,5.00\n").delimiter, b',');
        assert_eq!(found("Nr;Datum;Betrag, netto\n1;09.12.2011;5,00\n2;09.12.2011;6,00\n").delimiter, b';');
        assert_eq!(found("a\tb\n1\tx,y\n").delimiter, b'\t');
        assert_eq!(found("a|b\n1|2\n").delimiter, b'|');
    }

    #[test]
    fn notes_above_the_header_are_passed_over() {
        let inspection = found("Report of May\nall amounts in EUR\n,,\nOrder,Date,Total\n1,2011-12-09,5.00\n2,2011-12-09,5.00\n");
        assert_eq!((inspection.header_line, inspection.headers[0].as_str(), inspection.rows.len()), (4, "Order", 2));
    }

    #[test]
    fn unnamed_and_repeated_columns_are_told_apart() {
        assert_eq!(found("Total,,Total,Name\n1,2,3,x\n").headers, ["Total", "column 2", "Total (2)", "Name"]);
    }

    #[test]
    fn other_files_are_refused_in_words() {
        let sentence = |bytes: &[u8]| inspect(bytes).expect_err("it is no table").to_string();
        assert!(sentence(b"").contains("empty"));
        assert!(sentence(b" \r\n\r\n").contains("empty"));
        assert!(sentence(b"\x89PNG\r\n\x1a\n123").contains("picture"));
        assert!(sentence(b"PK\x03\x04....xl/workbook.xml").contains("Excel"));
        assert!(sentence(b"%PDF-1.7").contains("PDF"));
        assert!(sentence(b"536365,85123A,2010-12-01,2.55\n536365,71053,2010-12-01,3.39\n").contains("no column names"));
        assert!(sentence(b"just words\nand more\n").contains("no columns"));
        assert!(sentence(b"a,b,c\n").contains("no rows"));
        assert!(sentence(format!("{}\n", "a,".repeat(300_000)).as_bytes()).contains("at most 16,384"));
    }

    #[test]
    fn carriage_returns_alone_end_lines() {
        assert_eq!(found("Order,Date\r1,2011-12-09\r2,2011-12-09\r").rows.len(), 2);
    }

    proptest! {
        #[test]
        fn any_bytes_are_inspected_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = inspect(&bytes);
        }
    }
}
