//! What is taken away: a card's figures as a CSV file or an Excel workbook, and a board as a PDF.

mod board_file;
mod card_file;
mod card_table;
mod workbook;

pub use board_file::board_file;
pub(super) use card_file::write;
pub use card_file::{TableFile, TableFormat, card_file};
pub(super) use card_table::CardTable;
