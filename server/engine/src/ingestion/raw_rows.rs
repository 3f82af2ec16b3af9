//! Rows of a file as they stand in it, found again by their lines.

use super::inspect::Inspection;
use super::problem::FileProblem;
use super::records::{RecordReader, Step};
use super::text_reader::TextReader;
use std::collections::BTreeSet;
use std::io::Read;

/// The longest cell that is given whole.
const CELL_BYTES: usize = 2_000;
/// So many rows are given from a line on.
const PAGE: usize = 50;

/// Which rows are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowChoice {
    /// Those that begin on these lines.
    Lines(BTreeSet<u64>),
    /// The first fifty from this line on.
    From(u64),
}

/// Rows as they stand in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundRows {
    /// The line on which each begins, and its cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// The line of the row behind the last, where rows were wanted from a line on.
    pub next_line: Option<u64>,
}

/// Finds rows again; nothing behind the last wanted one is read.
pub fn find_rows<R: Read>(reader: R, inspection: &Inspection, choice: &RowChoice) -> Result<FoundRows, FileProblem> {
    let mut records = RecordReader::new(TextReader::new(reader, inspection.encoding, inspection.old_mac), inspection.delimiter);
    let mut found = FoundRows::default();
    let last = match choice {
        RowChoice::Lines(lines) => lines.last().copied().unwrap_or_default(),
        RowChoice::From(_) => u64::MAX,
    };
    loop {
        let step = records.step();
        let line = records.line();
        match step {
            Step::End => break,
            _ if line > last => break,
            _ if line <= inspection.header_line => continue,
            Step::Problem(_) | Step::Record => {}
        }
        let is_wanted = match choice {
            RowChoice::Lines(lines) => lines.contains(&line),
            RowChoice::From(from) => line >= *from,
        };
        if is_wanted && found.rows.len() == PAGE && last == u64::MAX {
            found.next_line = Some(line);
            break;
        }
        if is_wanted {
            found.rows.push((line, cells(&records, matches!(step, Step::Record))));
        }
    }
    match records.failure() {
        Some(error) => Err(FileProblem::Unreadable(error.to_string())),
        None => Ok(found),
    }
}

/// The cells of the current record; one that could not be split is its raw text.
fn cells<R: Read>(records: &RecordReader<R>, is_split: bool) -> Vec<String> {
    if is_split { (0..records.len()).map(|index| cut(records.cell(index))).collect() } else { vec![cut(records.raw())] }
}

fn cut(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(&bytes[..bytes.len().min(CELL_BYTES)]).replace('\0', "\u{fffd}");
    if bytes.len() > CELL_BYTES {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::inspect;

    fn found(text: &str, choice: &RowChoice) -> FoundRows {
        let inspection = inspect(text.as_bytes()).expect("a table");
        find_rows(text.as_bytes(), &inspection, choice).expect("it reads")
    }

    fn lines(lines: &[u64]) -> RowChoice {
        RowChoice::Lines(lines.iter().copied().collect())
    }

    #[test]
    fn rows_are_found_by_the_line_on_which_they_begin() {
        let text = "Report\nName,Note\na,\"two\nlines\"\nb,x\n\"c,open\nd,y\n";
        let rows = found(text, &lines(&[1, 2, 3, 5, 6])).rows;
        assert_eq!(
            rows,
            [(3, vec!["a".to_owned(), "two\nlines".to_owned()]), (5, vec!["b".to_owned(), "x".to_owned()]), (6, vec!["\"c,open".to_owned()])]
        );
        assert_eq!(found(text, &lines(&[4, 99])).rows, []);
    }

    #[test]
    fn a_page_of_rows_says_where_the_next_begins() {
        let text: String = std::iter::once("Name,Note\n".to_owned()).chain((0..120).map(|row| format!("{row},x\n"))).collect();
        let first = found(&text, &RowChoice::From(1));
        assert_eq!((first.rows.len(), first.rows[0].0, first.next_line), (50, 2, Some(52)));
        let last = found(&text, &RowChoice::From(102));
        assert_eq!((last.rows.len(), last.rows[0].1[0].as_str(), last.next_line), (20, "100", None));
    }

    #[test]
    fn a_long_cell_is_cut() {
        let text = format!("Name,Note\na,{}\n", "x".repeat(CELL_BYTES + 1));
        assert!(found(&text, &lines(&[2])).rows[0].1[1].ends_with("x…"));
    }
}
