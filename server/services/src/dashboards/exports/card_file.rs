//! A card's table as a file.

use domain::Permission;
use domain::dashboards::{BoardKey, DashboardView};

use super::card_table::{CardTable, card_table};
use super::workbook;
use crate::{Actor, Result, Services};

/// Tells spreadsheets that a text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The longest part of a file's name that a title makes.
const TITLE_CHARS: usize = 60;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// A workbook of Excel.
    Xlsx,
}

/// A file to keep.
pub struct TableFile {
    /// Its name: plain ASCII without quotes.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The figures that a card shows, for the same days and filters.
pub async fn card_file(
    services: &Services,
    actor: &Actor,
    key: BoardKey,
    index: usize,
    view: DashboardView,
    format: TableFormat,
) -> Result<TableFile> {
    actor.require(Permission::SeeFigures)?;
    write(services, &card_table(services, actor, key, index, view).await?, format)
}

/// A table as a file.
pub(in crate::dashboards) fn write(services: &Services, table: &CardTable, format: TableFormat) -> Result<TableFile> {
    let (extension, media_type) = match format {
        TableFormat::Csv => ("csv", "text/csv; charset=utf-8"),
        TableFormat::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    };
    let bytes = match format {
        TableFormat::Csv => format!("{BYTE_ORDER_MARK}{}", table.table.to_csv()).into_bytes(),
        TableFormat::Xlsx => workbook::of(table, services.clock.now_ms())?,
    };
    Ok(TableFile { name: file_name(table, extension), media_type, bytes })
}

fn file_name(table: &CardTable, extension: &str) -> String {
    let CardTable { board, card, range, has_more, .. } = table;
    let first = if *has_more { format!("-first-{}-rows", table.table.rows.len()) } else { String::new() };
    format!("{}-{}-{}-to-{}{first}.{extension}", plain(board), plain(card), range.from, range.to)
}

/// A title as part of a file's name, on any system.
pub(super) fn plain(title: &str) -> String {
    let mut plain = String::new();
    for character in title.chars().take(TITLE_CHARS) {
        match character.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() => plain.push(letter),
            _ if !plain.ends_with('-') && !plain.is_empty() => plain.push('-'),
            _ => {}
        }
    }
    let plain = plain.trim_end_matches('-');
    if plain.is_empty() { "board".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        assert_eq!(plain("Net sales by country"), "net-sales-by-country");
        assert_eq!(plain("../../etc/passwd\"\r\nX: y"), "etc-passwd-x-y");
        assert_eq!(plain("売上"), "board");
    }
}
