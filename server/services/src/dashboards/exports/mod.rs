//! Tables taken away: a card's figures as a CSV file or an Excel workbook.

mod card_file;
mod card_table;
mod workbook;

pub(super) use card_file::write;
pub use card_file::{TableFile, TableFormat, card_file};
pub(super) use card_table::CardTable;
