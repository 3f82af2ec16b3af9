//! Takes any bytes the whole way a file goes, and checks what must hold of each. `cargo fuzz` runs the same.

use domain::sources::{ColumnMeaning, FileKind, Mapping};
use engine::ingestion::{
    Container, Inspection, JsonShape, LineReader, ReadContext, RecordsReader, Rows, Sample, ambiguities, container_of, discounts, inspect,
    inspect_sample, look_at_columns, recognise, write_json,
};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

/// What became of the bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Whether a table was found.
    pub(crate) is_table: bool,
    /// Rows that were read.
    pub(crate) rows: usize,
    /// Rows that became issues.
    pub(crate) issues: usize,
}

/// Inspects, recognises and reads; nothing of it may panic.
pub(crate) fn take(bytes: &[u8]) -> Outcome {
    if container_of(bytes, &[]) == Container::Json
        && let Ok(shape) = JsonShape::read(bytes)
    {
        let mut text = Vec::new();
        write_json(bytes, &shape, &mut text).expect("what was read once is read again");
    }
    let Ok(inspection) = inspect(bytes) else { return Outcome::default() };
    check(&inspection);
    let parts = Sample::of_file(&mut Cursor::new(bytes), bytes.len() as u64).expect("memory reads");
    assert!(inspect_sample(&parts).is_ok(), "a file looks the same in parts");
    let recognition = recognise(&inspection.headers);
    assert!(recognition.guess.columns.values().all(|column| inspection.headers.contains(column)));
    let _ = (look_at_columns(&inspection).len(), open_questions(bytes, &inspection, &recognition.guess));
    let mut outcome = Outcome { is_table: true, ..Outcome::default() };
    let orders = by_place(&inspection);
    let open = || Some(Box::new(Cursor::new(bytes.to_vec())) as Box<dyn Read>);
    let rows = Rows { open: &open, most_bytes: u64::MAX, is_wanted: &|| true };
    let shares = discounts(&inspection, &orders, &rows).map(|found| found.mapping);
    let mut net = Mapping { line_amount_is_net: Some(true), discount_as: shares.as_ref().and_then(|shares| shares.discount_as), ..orders.clone() };
    net.columns.insert(ColumnMeaning::LineAmount, inspection.headers[inspection.headers.len() - 1].clone());
    for mapping in [recognition.mapping, Some(orders), shares, Some(net)].into_iter().flatten() {
        let (rows, issues) =
            if mapping.kind == FileKind::Orders { lines(bytes, &inspection, &mapping) } else { records(bytes, &inspection, &mapping) };
        outcome = Outcome { is_table: true, rows: outcome.rows + rows, issues: outcome.issues + issues };
    }
    outcome
}

fn check(inspection: &Inspection) {
    let distinct: BTreeSet<&String> = inspection.headers.iter().collect();
    assert_eq!(distinct.len(), inspection.headers.len(), "columns are told apart: {:?}", inspection.headers);
    assert!((2..=16_384).contains(&inspection.headers.len()) && (1..=200).contains(&inspection.rows.len()));
    assert!(inspection.headers.iter().all(|header| !header.trim().is_empty() && !header.contains('\0')));
}

fn open_questions(bytes: &[u8], inspection: &Inspection, guess: &Mapping) -> usize {
    let rest = || Some(Box::new(Cursor::new(bytes.to_vec())) as Box<dyn Read>);
    ambiguities(inspection, guess, "EUR".parse().expect("a currency"), rest).len()
}

/// The columns as an order's, whatever they are called, so that their cells are read as dates and numbers.
fn by_place(inspection: &Inspection) -> Mapping {
    use ColumnMeaning::{Country, LineDiscount, OrderNumber, OrderTotal, OrderedAt, Quantity, UnitPrice};
    let meanings = [OrderNumber, OrderedAt, Quantity, UnitPrice, LineDiscount, OrderTotal, Country];
    let column = |place: usize| inspection.headers[place % inspection.headers.len()].clone();
    Mapping { columns: meanings.into_iter().enumerate().map(|(place, meaning)| (meaning, column(place))).collect(), ..Mapping::default() }
}

fn context() -> ReadContext {
    ReadContext { currency: "EUR".parse().expect("a currency"), time_zone: chrono_tz::Europe::Berlin }
}

fn lines(bytes: &[u8], inspection: &Inspection, mapping: &Mapping) -> (usize, usize) {
    let mut reader = LineReader::new(bytes, inspection, mapping, context()).expect("the columns are there");
    let (mut rows, mut issues) = (0, 0);
    while let Some(row) = reader.next_line() {
        match row {
            Ok(_) => rows += 1,
            Err(issue) => {
                issues += 1;
                assert!(issue.raw.len() <= 3 * 16 * 1024 + 8 && !issue.reason.is_empty() && !issue.raw.contains('\0'));
            }
        }
    }
    assert!(reader.bytes_read() == bytes.len() as u64 || reader.failure().is_some());
    assert!(rows + issues <= bytes.len() + 1);
    let _ = reader.evidence();
    (rows, issues)
}

fn records(bytes: &[u8], inspection: &Inspection, mapping: &Mapping) -> (usize, usize) {
    let mut reader = RecordsReader::new(bytes, inspection, mapping, context()).expect("the columns are there");
    let all: Vec<bool> = std::iter::from_fn(|| reader.next_record().map(|row| row.is_ok())).collect();
    let rows = all.iter().filter(|row| **row).count();
    (rows, all.len() - rows)
}
