//! A board as it goes to paper.

use super::layout::pages;
use super::pdf::{About, write};
use super::text::clean;
use domain::dashboards::CardView;

/// What stands on the pages: a board as it was shown, with the words around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Whose figures these are.
    pub shop: String,
    /// The board's name.
    pub title: String,
    /// What the board is for; may be empty.
    pub description: String,
    /// Its days, in words.
    pub days: String,
    /// What they are compared with and what is filtered, in words.
    pub chosen: Vec<String>,
    /// What a person should know.
    pub notices: Vec<String>,
    /// When it was made, in milliseconds UTC.
    pub made_at: i64,
    /// Its cards as they are shown.
    pub cards: Vec<CardView>,
}

/// The file could not be written; for the log.
#[derive(Debug, thiserror::Error)]
#[error("a PDF could not be written: {0}")]
pub struct NotWritten(String);

/// The board as a PDF on A4 pages.
pub fn pdf(sheet: &Sheet) -> Result<Vec<u8>, NotWritten> {
    let about = About { title: format!("{} · {}", clean(&sheet.title), clean(&sheet.days)), author: &sheet.shop, made_at: sheet.made_at };
    write(&pages(sheet), about).map_err(|error| NotWritten(error.to_string()))
}
