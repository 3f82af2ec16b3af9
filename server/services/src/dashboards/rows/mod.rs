//! Behind a figure: the orders or order lines that it is made of.

mod card_rows;
mod fact_table;
mod notices;
mod rows_file;

pub use card_rows::{RowsAsked, card_rows};
pub use rows_file::rows_file;
