//! The workbooks of calamine's own tests, sheet by sheet as reference readers read them (`tests/workbooks/record.py`), or refused with a reason.

use crate::support::real_file;
use engine::ingestion::{Container, container_of, write_workbook};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::Cursor;

/// What the reference readers saw, recorded with their versions.
const EXPECTED: &str = include_str!("../workbooks/expected.json");

/// Cells of comma-separated text, split by other code than the one that is tested.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows
}

/// The table without blank rows and columns around it, as wide as its widest row.
fn table(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let is_filled = |row: &Vec<String>| row.iter().any(|cell| !cell.is_empty());
    let first = rows.iter().position(is_filled).unwrap_or(rows.len());
    rows.drain(..first);
    rows.truncate(rows.iter().rposition(is_filled).map_or(0, |last| last + 1));
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    let is_used = |column: &usize| rows.iter().any(|row| !row[*column].is_empty());
    let (Some(from), Some(to)) = ((0..width).find(is_used), (0..width).rfind(is_used)) else { return Vec::new() };
    rows.into_iter().map(|row| row[from..=to].to_vec()).collect()
}

/// Rows, columns and a digest of the cells, as `record.py` writes them.
fn figures(text: &str) -> (usize, usize, String) {
    let rows = table(cells(text));
    let joined = rows.iter().map(|row| row.join("\u{1f}").replace("\r\n", "\n")).collect::<Vec<_>>().join("\n");
    let digest = Sha256::digest(joined.as_bytes()).iter().take(8).fold(String::new(), |mut digest, byte| {
        write!(digest, "{byte:02x}").expect("a text takes any text");
        digest
    });
    (rows.len(), rows.first().map_or(0, Vec::len), digest)
}

fn recorded(sheet: &Value) -> (usize, usize, String) {
    let number = |name: &str| sheet[name].as_u64().and_then(|number| usize::try_from(number).ok()).expect("a number");
    (number("rows"), number("columns"), sheet["digest"].as_str().expect("a digest").to_owned())
}

fn container(bytes: &[u8], name: &str) -> Container {
    // What a server sees: a workbook behind a password is wrapped like an old one, whatever it is called.
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return container_of(bytes, &[]);
    }
    match name.rsplit('.').next().expect("an ending") {
        "xlsb" => Container::Xlsb,
        "ods" => Container::Ods,
        "xls" => container_of(bytes, &[]),
        _ => Container::Xlsx,
    }
}

fn read(bytes: &[u8], name: &str, sheet: &str) -> Result<String, String> {
    let mut text = Vec::new();
    write_workbook(container(bytes, name), Cursor::new(bytes), Some(sheet), &mut text).map_err(|problem| problem.to_string())?;
    Ok(String::from_utf8(text).expect("it is text"))
}

/// Where the readers differ, and why what is read here is as good or better. Each must still differ.
const DIFFERING: [(&str, &str, &str); 13] = [
    ("any_sheets.ods", "Hidden", "pandas lists hidden sheets, too"),
    ("any_sheets.ods", "VeryHidden", "pandas lists hidden sheets, too"),
    ("any_sheets.xlsb", "Hidden", "pyxlsb lists hidden sheets, too"),
    ("any_sheets.xlsb", "VeryHidden", "pyxlsb lists hidden sheets, too"),
    ("any_sheets.xlsb", "Chart", "pyxlsb lists sheets of charts, too"),
    ("covered.ods", "sheet1", "pandas leaves out a cell that a merged one covers; here none is lost"),
    ("date.xls", "Sheet1", "xlrd takes a span of 255 hours for a day of the year 1900"),
    ("date_1904.xls", "Sheet1", "xlrd takes a span of 255 hours for a day of the year 1904"),
    ("encoded_entities.xlsx", "Sheet1", "a cell of nothing but a line's end is empty here"),
    ("has_x000D_.xlsx", "Sheet1", "openpyxl shows Excel's code of a carriage return"),
    ("has_x000D_inline.xlsx", "Sheet1", "openpyxl shows Excel's code of a carriage return"),
    ("whitespace_trim.xlsx", "SharedStrings", "openpyxl keeps blanks that Excel leaves out"),
    ("whitespace_trim.xlsx", "inlineStr", "openpyxl keeps blanks that Excel leaves out"),
];

/// Where pyxlsb knows no formats, so that days are numbers to it: the same table in another workbook, which a reference reader read.
const TWINS: [(&str, &str, &str); 3] =
    [("date.xlsb", "Sheet1", "date.xls"), ("date_1904.xlsb", "Sheet1", "date_1904.xls"), ("issues.xlsb", "datatypes", "issues.xls")];

/// pyxlsb finds 0 where Excel shows “Hello”, which is what the same workbook as .xlsx holds.
const HELLO: (&str, &str, &str) = ("issue_419.xlsb", "Sheet1", "Hello\n");

#[test]
fn every_sheet_is_read_as_a_reference_reader_reads_it_or_refused_with_a_reason() {
    let expected: Value = serde_json::from_str(EXPECTED).expect("it is JSON");
    let (mut equal, mut known, mut differing) = (0, 0, Vec::new());
    for (name, book) in expected["books"].as_object().expect("books") {
        let Some(bytes) = real_file(&format!("xlsx-calamine/{name}")) else { return };
        for (sheet, recorded_sheet) in book["sheets"].as_object().into_iter().flatten() {
            let found = read(&bytes, name, sheet);
            let is_equal = found.as_ref().is_ok_and(|text| figures(text) == recorded(recorded_sheet));
            let is_known = DIFFERING.iter().any(|(book, differing, _)| book == name && differing == sheet);
            let has_twin = TWINS.iter().any(|(book, differing, _)| book == name && differing == sheet) || (HELLO.0 == name && HELLO.1 == sheet);
            match (is_equal, is_known || has_twin) {
                (true, false) => equal += 1,
                (false, true) => known += 1,
                _ => differing.push(format!("{name} {sheet}: {:?} and not {:?}: {found:?}", found.as_deref().map(figures), recorded(recorded_sheet))),
            }
        }
    }
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
    assert_eq!((equal, known), (203, DIFFERING.len() + TWINS.len() + 1));
}

#[test]
fn what_a_reference_reader_does_not_know_is_as_in_the_same_workbook_of_another_kind() {
    for (name, sheet, twin) in TWINS {
        let (Some(bytes), Some(other)) = (real_file(&format!("xlsx-calamine/{name}")), real_file(&format!("xlsx-calamine/{twin}"))) else { return };
        assert_eq!(read(&bytes, name, sheet), read(&other, twin, sheet), "{name} and {twin}");
    }
    let Some(bytes) = real_file(&format!("xlsx-calamine/{}", HELLO.0)) else { return };
    assert_eq!(read(&bytes, HELLO.0, HELLO.1).as_deref(), Ok(HELLO.2));
}

#[test]
fn what_reference_readers_cannot_open_is_read_or_refused_with_a_reason() {
    let expected: Value = serde_json::from_str(EXPECTED).expect("it is JSON");
    let (mut readable, mut refused) = (Vec::new(), Vec::new());
    for (name, _) in expected["books"].as_object().expect("books").iter().filter(|(_, book)| book["refused"].is_string()) {
        let Some(bytes) = real_file(&format!("xlsx-calamine/{name}")) else { return };
        match write_workbook(container(&bytes, name), Cursor::new(&bytes), None, std::io::sink()) {
            Ok(notes) => readable.push((name.as_str(), notes.sheet)),
            Err(problem) => refused.push((name.as_str(), problem.to_string())),
        }
    }
    assert_eq!((readable.len(), refused.len()), (7, 8), "{readable:?} {refused:?}");
    for (name, reason) in refused {
        assert!(reason.contains("upload") && reason.len() < 300, "{name}: {reason}");
        assert_eq!(reason.contains("password"), name.contains("pass") || name == "issue_385.xls", "{name}: {reason}");
    }
}
