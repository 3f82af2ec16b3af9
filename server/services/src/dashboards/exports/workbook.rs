//! A table as an Excel workbook: numbers are numbers, days are days, and a text is never a formula.

use domain::charts::{TableColumn, TableData};
use domain::question::{Cell, ColumnKind};
use domain::{Currency, Day, format};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::card_table::CardTable;
use crate::Result;

/// Excel takes no longer text in a cell.
const TEXT_CHARS: usize = 32_767;
const FIRST_EXCEL_YEAR: i32 = 1900;

pub(super) fn of(table: &CardTable, now_ms: i64) -> Result<Vec<u8>> {
    Ok(write(table, now_ms).map_err(|error| anyhow::anyhow!("a workbook could not be written: {error}"))?)
}

fn write(table: &CardTable, now_ms: i64) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_timestamp(now_ms / 1000)?;
    workbook.set_properties(&DocProperties::new().set_title(&table.card).set_company(&table.shop).set_creation_datetime(&made));
    figures(workbook.add_worksheet().set_name("Figures")?, &table.table)?;
    about(workbook.add_worksheet().set_name("About")?, table, now_ms)?;
    workbook.save_to_buffer()
}

fn figures(sheet: &mut Worksheet, table: &TableData) -> std::result::Result<(), XlsxError> {
    let formats: Vec<Format> = table.columns.iter().map(number_format).collect();
    let head = Format::new().set_bold();
    for (index, column) in (0_u16..).zip(&table.columns) {
        let head = if is_number(column.kind) { head.clone().set_align(FormatAlign::Right) } else { head.clone() };
        sheet.write_string_with_format(0, index, heading(column), &head)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (index, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
            write_cell(sheet, (row, index as u16), cell, column, &formats[index])?;
        }
    }
    if !table.columns.is_empty() {
        sheet.autofilter(0, 0, table.rows.len() as u32, table.columns.len() as u16 - 1)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, at: (u32, u16), cell: &Cell, column: &TableColumn, format: &Format) -> std::result::Result<(), XlsxError> {
    let (row, index) = at;
    match cell {
        Cell::None => {}
        Cell::Int(minor) if column.kind == ColumnKind::Money => {
            let per_major = column.currency.map_or(1, Currency::minor_per_major);
            sheet.write_number_with_format(row, index, *minor as f64 / per_major as f64, format)?;
        }
        Cell::Int(number) => {
            sheet.write_number_with_format(row, index, *number as f64, format)?;
        }
        Cell::Float(number) if number.is_finite() => {
            sheet.write_number_with_format(row, index, *number, format)?;
        }
        Cell::Float(_) => {}
        Cell::Text(text) => match text.parse::<Day>().ok().filter(|_| column.kind == ColumnKind::Time).and_then(excel_day) {
            Some(day) => {
                sheet.write_datetime_with_format(row, index, &day, format)?;
            }
            None => {
                sheet.write_string(row, index, text.chars().take(TEXT_CHARS).collect::<String>())?;
            }
        },
    }
    Ok(())
}

/// Excel's calendar begins in 1900; an earlier day stays a text.
fn excel_day(day: Day) -> Option<ExcelDateTime> {
    let civil = day.civil();
    let year = u16::try_from(civil.year).ok().filter(|_| civil.year >= FIRST_EXCEL_YEAR)?;
    ExcelDateTime::from_ymd(year, u8::try_from(civil.month).ok()?, u8::try_from(civil.day).ok()?).ok()
}

/// The column's name, with the currency of its amounts.
fn heading(column: &TableColumn) -> String {
    match column.currency {
        Some(currency) => format!("{} ({currency})", column.title),
        None => column.title.clone(),
    }
}

fn number_format(column: &TableColumn) -> Format {
    let format = Format::new();
    match column.kind {
        ColumnKind::Money => match column.currency.map_or(2, Currency::minor_digits) {
            0 => format.set_num_format("#,##0"),
            digits => format.set_num_format(format!("#,##0.{}", "0".repeat(digits.into()))),
        },
        ColumnKind::Number => format.set_num_format("#,##0.###"),
        ColumnKind::Ratio => format.set_num_format("0.0%"),
        ColumnKind::Time => format.set_num_format("yyyy-mm-dd"),
        ColumnKind::Text => format,
    }
}

fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Money | ColumnKind::Number | ColumnKind::Ratio)
}

/// Where the figures are from: a workbook is passed on without its board.
fn about(sheet: &mut Worksheet, table: &CardTable, now_ms: i64) -> std::result::Result<(), XlsxError> {
    let CardTable { shop, board, card, range, filters, said, .. } = table;
    let days = format::range(*range);
    let made = format::instant(now_ms);
    let mut lines = vec![("Shop", shop.as_str()), ("Board", board), ("Card", card), ("Days", &days)];
    lines.extend(Some(("Shows", said.as_str())).filter(|(_, said)| !said.is_empty()));
    lines.extend(filters.iter().map(|(what, values)| (what.as_str(), values.as_str())));
    lines.push(("Made", &made));
    for (row, (what, text)) in (0_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, what, &Format::new().set_bold())?;
        sheet.write_string(row, 1, text.chars().take(TEXT_CHARS).collect::<String>())?;
    }
    sheet.autofit();
    Ok(())
}
