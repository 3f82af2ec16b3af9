//! Reads a whole file as a caller would: inspect, recognise, read, and read again where the evidence asks for it.

use domain::sources::Mapping;
use engine::ingestion::{Evidence, LineReader, ReadContext, RowIssue, inspect, recognise};
use std::path::PathBuf;

/// A line with everything owned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub row_line: u64,
    pub order_number: String,
    pub day: String,
    pub month: i32,
    pub hour: u8,
    pub occurred_at_ms: i64,
    pub sku: Option<String>,
    pub title: Option<String>,
    pub quantity_milli: i64,
    pub amount_minor: i64,
    pub currency: &'static str,
    pub country: Option<String>,
    pub customer_id: Option<String>,
    pub stated_total_minor: Option<i64>,
    pub discount_minor: Option<i64>,
}

#[derive(Default)]
pub(crate) struct ReadFile {
    pub lines: Vec<Line>,
    pub issues: Vec<RowIssue>,
    pub evidence: Evidence,
    pub passes: usize,
}

pub(crate) fn read(bytes: &[u8], currency: &str, zone: chrono_tz::Tz) -> ReadFile {
    let inspection = inspect(bytes).expect("it is a table");
    let mapping = recognise(&inspection.headers).mapping.expect("its columns are understood");
    read_with(bytes, currency, zone, mapping)
}

pub(crate) fn read_with(bytes: &[u8], currency: &str, zone: chrono_tz::Tz, mut mapping: Mapping) -> ReadFile {
    let inspection = inspect(bytes).expect("it is a table");
    let context = ReadContext { currency: currency.parse().expect("a currency"), time_zone: zone };
    for passes in 1.. {
        let mut reader = LineReader::new(bytes, &inspection, &mapping, context).expect("the columns are there");
        let mut file = ReadFile { passes, ..ReadFile::default() };
        while let Some(row) = reader.next_line() {
            match row {
                Ok(line) => file.lines.push(Line {
                    row_line: line.row_line,
                    order_number: line.order_number.into_owned(),
                    day: line.day.to_string(),
                    month: line.month,
                    hour: line.hour,
                    occurred_at_ms: line.occurred_at_ms,
                    sku: line.sku.map(Into::into),
                    title: line.title.map(Into::into),
                    quantity_milli: line.quantity_milli,
                    amount_minor: line.amount_minor,
                    currency: line.currency.code(),
                    country: line.country.map(|code| String::from_utf8_lossy(&code).into_owned()),
                    customer_id: line.customer_id.map(Into::into),
                    stated_total_minor: line.stated_total_minor,
                    discount_minor: line.discount_minor.or(line.stated.discount_minor),
                }),
                Err(issue) => file.issues.push(issue),
            }
        }
        assert_eq!(reader.bytes_read(), bytes.len() as u64);
        file.evidence = reader.evidence();
        match file.evidence.reread_with.take() {
            Some(mended) if passes < 3 => mapping = mended,
            Some(_) => panic!("reading again must come to an end"),
            None => return file,
        }
    }
    unreachable!("the loop returns")
}

/// Says that this test is skipped, also to the suite that counts: a test that returns early would count as passed.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#[expect(clippy::disallowed_methods, reason = "the suite names the file by the environment")]
fn skipped(reason: &str) {
    let thread = std::thread::current();
    let line = format!("engine::{}: {reason}\n", thread.name().unwrap_or_default());
    eprint!("skipped: {line}");
    if let Some(list) = std::env::var_os("TRADEPOST_SKIPPED") {
        let mut list = std::fs::OpenOptions::new().append(true).create(true).open(list).expect("the list of skipped tests opens");
        std::io::Write::write_all(&mut list, line.as_bytes()).expect("the list of skipped tests takes a line");
    }
}

#[expect(clippy::disallowed_methods, reason = "where test data lie is told by the environment")]
fn data_folder() -> Option<PathBuf> {
    std::env::var_os("TRADEPOST_TEST_DATA").map(PathBuf::from)
}

/// A real file, or `None` (said aloud) where the test data are absent.
pub(crate) fn real_file(path: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = data_folder().unwrap_or_else(|| root.join("../shared/data"));
    let file = [data, root.join("../../shared/data")].into_iter().map(|folder| folder.join(path)).find(|file| file.exists());
    let Some(file) = file else {
        skipped(&format!("{path} is not in TRADEPOST_TEST_DATA (by default ../shared/data)"));
        return None;
    };
    let bytes = std::fs::read(&file).expect("the file reads");
    if !path.ends_with(".gz") {
        return Some(bytes);
    }
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(bytes.as_slice()), &mut text).expect("it unpacks");
    Some(text)
}
