//! Cleans what a row was read into, and notes what is kept otherwise than it stands in the file.

use super::log::CleaningLog;
use super::phones::{Phone, phone};
use super::steps::CleaningKind;
use super::texts::{Note, clean};
use crate::ingestion::columns::Columns;
use crate::ingestion::line_reader::ParsedLine;
use crate::ingestion::order_values::store_column;
use crate::ingestion::records::RecordReader;
use domain::sources::ColumnMeaning as M;
use domain::{Currency, Money};
use std::borrow::Cow;
use std::io::Read;

/// How a row stands to its order's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingestion) enum OrderValuesOf {
    /// They stand on the row itself.
    Row,
    /// They were taken from the order's first row.
    FirstRow,
}

/// Cleans a line's texts.
pub(in crate::ingestion) fn clean_line<R: Read>(
    line: &mut ParsedLine<'_>,
    records: &RecordReader<R>,
    columns: &Columns,
    values: OrderValuesOf,
    log: &mut CleaningLog,
) {
    let mut note = Note { log: Some(log), line: line.row_line };
    line.order_number = clean(M::OrderNumber, header(columns, M::OrderNumber), std::mem::take(&mut line.order_number), &mut note);
    clean_text(&mut line.sku, M::Sku, columns, &mut note);
    clean_text(&mut line.title, M::ProductName, columns, &mut note);
    note_share(line, records, columns, &mut note);
    if values == OrderValuesOf::FirstRow {
        let date = String::from_utf8_lossy(columns.cell(records, M::OrderedAt));
        note.changed(CleaningKind::FilledFromFirstRow, header(columns, M::OrderedAt), &date, &line.day.to_string());
        note.log = None;
    }
    clean_text(&mut line.city, M::City, columns, &mut note);
    clean_text(&mut line.stated.store, store_column(columns), columns, &mut note);
    clean_text(&mut line.customer_id, M::CustomerId, columns, &mut note);
    clean_text(&mut line.customer_email, M::CustomerEmail, columns, &mut note);
    clean_text(&mut line.customer_name, M::CustomerName, columns, &mut note);
    note_country(line.country, columns.country(records), columns, &mut note);
    note_currency(line.currency, columns.cell(records, M::Currency), columns, &mut note);
    note_time(M::OrderedAt, records, columns, &mut note);
    note_sums(records, columns, &mut note);
}

/// Notes which amounts of several columns became one.
fn note_sums<R: Read>(records: &RecordReader<R>, columns: &Columns, note: &mut Note<'_>) {
    for meaning in columns.addends().keys().copied() {
        let own = columns.cell(records, meaning);
        let is_amount = |cell: &&[u8]| cell.iter().any(|byte| matches!(byte, b'1'..=b'9'));
        let added: Vec<_> = columns.added(records, meaning).filter(is_amount).map(String::from_utf8_lossy).collect();
        if !added.is_empty() {
            let after = format!("{} + {}", String::from_utf8_lossy(own), added.join(" + "));
            note.cell(CleaningKind::AmountsSummed, header(columns, meaning), own, &after);
        }
    }
}

fn header(columns: &Columns, meaning: M) -> &str {
    columns.header(meaning).unwrap_or_default()
}

fn clean_text(text: &mut Option<Cow<'_, str>>, meaning: M, columns: &Columns, note: &mut Note<'_>) {
    if let Some(before) = text.take() {
        *text = Some(clean(meaning, header(columns, meaning), before, note));
    }
}

/// Notes which amount a discount in shares came to.
fn note_share<R: Read>(line: &ParsedLine<'_>, records: &RecordReader<R>, columns: &Columns, note: &mut Note<'_>) {
    let meaning = if columns.has(M::Discount) { M::Discount } else { M::LineDiscount };
    if columns.cell(records, meaning).is_empty() || !columns.is_share(meaning, columns.cell(records, meaning)) {
        return;
    }
    let was_off = meaning == M::LineDiscount && columns.line_amount_is_net();
    let off = if meaning == M::Discount { line.stated.discount_minor.filter(|_| line.stated.discount_is_part) } else { line.discount_minor };
    if let Some(off) = off.filter(|off| *off != 0 && !was_off) {
        let amount = domain::format::money(Money::new(off, line.currency));
        note.cell(CleaningKind::SharesTakenOff, header(columns, meaning), columns.cell(records, meaning), &amount);
    }
}

/// Notes what became of a country's cell.
pub(in crate::ingestion) fn note_country(code: Option<[u8; 2]>, cell: &[u8], columns: &Columns, note: &mut Note<'_>) {
    if cell.is_empty() || code.is_some_and(|code| code == cell) {
        return;
    }
    let kind = if code.is_some() { CleaningKind::CountriesToCodes } else { CleaningKind::CountriesEmptied };
    let code = code.unwrap_or_default();
    let after = std::str::from_utf8(&code).unwrap_or_default().trim_matches('\0');
    note.cell(kind, header(columns, M::Country), cell, after);
}

/// Notes what became of a currency's cell.
pub(in crate::ingestion) fn note_currency(currency: Currency, cell: &[u8], columns: &Columns, note: &mut Note<'_>) {
    if !cell.is_empty() && cell != currency.code().as_bytes() {
        note.cell(CleaningKind::CurrenciesToCodes, header(columns, M::Currency), cell, currency.code());
    }
}

/// Notes that the time came from a column of its own.
pub(in crate::ingestion) fn note_time<R: Read>(date: M, records: &RecordReader<R>, columns: &Columns, note: &mut Note<'_>) {
    let (day, time) = (columns.cell(records, date), columns.cell(records, M::OrderedTime));
    if !day.is_empty() && !time.is_empty() {
        let after = format!("{} {}", String::from_utf8_lossy(day), String::from_utf8_lossy(time));
        note.cell(CleaningKind::TimesJoined, header(columns, M::OrderedTime), time, &after);
    }
}

/// A phone number as it is kept; `None` where there is no digit in it.
pub(in crate::ingestion) fn clean_phone(text: &str, country: Option<[u8; 2]>, columns: &Columns, note: &mut Note<'_>) -> Option<String> {
    let (kind, after) = match phone(text, country)? {
        Phone::International(after) => (CleaningKind::PhonesToE164, after),
        Phone::Kept(after) => (CleaningKind::PhonesKept, after),
    };
    if after != text || kind == CleaningKind::PhonesKept {
        note.changed(kind, header(columns, M::Phone), text, &after);
    }
    Some(after)
}
