//! What a file is, by its beginning, parts of its middle and its end: encoding, delimiter, header and the first rows.

use super::encoding::Encoding;
use super::no_text::by_first_bytes;
use super::problem::FileProblem;
use super::sample::Sample;
use super::table::{Table, Texts};
use super::text_reader::TextReader;
use std::io::Read;

/// How many of a file's first bytes [`inspect`] looks at.
pub const SAMPLE_BYTES: usize = 1024 * 1024;
/// The most columns a spreadsheet can have.
const COLUMNS: usize = 16_384;

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
    /// Lines above the header, as they stand.
    pub above: Vec<String>,
    /// Lines at the file's end that hold totals or notes, as they stand; empty where its end was not looked at.
    pub below: Vec<String>,
    /// Rows from further on in the file.
    pub(super) further: Vec<Vec<String>>,
    /// Whether lines end with a carriage return alone.
    pub(super) old_mac: bool,
}

impl Inspection {
    /// All rows that were looked at.
    pub(super) fn seen_rows(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rows.iter().chain(&self.further)
    }
}

/// Looks at a file's first bytes (decompressed, at most [`SAMPLE_BYTES`] are looked at).
pub fn inspect(first: &[u8]) -> Result<Inspection, FileProblem> {
    inspect_sample(&Sample { first: first[..first.len().min(SAMPLE_BYTES)].to_vec(), is_whole: first.len() < SAMPLE_BYTES, ..Sample::default() })
}

/// Looks at parts of a file from its beginning to its end.
pub fn inspect_sample(sample: &Sample) -> Result<Inspection, FileProblem> {
    if let Some(problem) = by_first_bytes(&sample.first) {
        return Err(problem);
    }
    let parts: Vec<&[u8]> = sample.within.iter().chain(sample.last.as_ref()).map(Vec::as_slice).collect();
    let encoding = Encoding::of_parts(&sample.first, &parts);
    let old_mac = ends_lines_by_returns(&sample.first);
    let decoded = |bytes: &[u8]| decoded(bytes, encoding, old_mac);
    let text = decoded(&sample.first)?;
    if text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(FileProblem::Empty);
    }
    let controls = text.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0)).count();
    let nuls = text.iter().filter(|byte| **byte == 0).count();
    if controls * 50 > text.len() || nuls * 10 > text.len() {
        return Err(FileProblem::Binary);
    }
    let within = sample.within.iter().map(|part| decoded(part)).collect::<Result<Vec<_>, _>>()?;
    let last = sample.last.as_ref().map(|part| decoded(part)).transpose()?;
    let texts = Texts { first: &text, is_whole: sample.is_whole, within: &within, last: last.as_deref() };
    let table = [b',', b';', b'\t', b'|'].into_iter().map(|delimiter| Table::of(&texts, delimiter)).max_by_key(Table::score);
    let table = table.filter(|table| table.columns() >= 2).ok_or(FileProblem::OneColumn)?;
    if table.widest_start() > COLUMNS {
        return Err(FileProblem::TooManyColumns(table.widest_start()));
    }
    table.into_inspection(encoding, old_mac)
}

/// Whether lines end with a carriage return alone: line feeds stand within quotation marks at most.
fn ends_lines_by_returns(text: &[u8]) -> bool {
    let (mut is_quoted, mut returns) = (false, false);
    for byte in text {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => return false,
            b'\r' => returns |= !is_quoted,
            _ => {}
        }
    }
    returns
}

fn decoded(bytes: &[u8], encoding: Encoding, old_mac: bool) -> Result<Vec<u8>, FileProblem> {
    let mut text = Vec::new();
    TextReader::new(bytes, encoding, old_mac).read_to_end(&mut text).map_err(|error| FileProblem::Unreadable(error.to_string()))?;
    Ok(text)
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
        let noted = found("Order,Note\r1,\"two\nlines, \"\"so\"\"\"\r2,x\r");
        assert_eq!((noted.rows.len(), noted.rows[0][1].as_str()), (2, "two\nlines, \"so\""));
        assert_eq!(found("Order,Note\n1,\"two\rlines\"\n2,x\n").rows.len(), 2);
    }

    proptest! {
        #[test]
        fn any_bytes_are_inspected_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = inspect(&bytes);
        }
    }
}
