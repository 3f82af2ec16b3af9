//! A board as it goes to paper.

use super::layout::pages;
use super::pdf::{About, write};
use super::text::clean;
use domain::dashboards::CardView;
use std::sync::atomic::AtomicBool;

/// What stands on the pages: a board as it was shown, with the words around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Whose figures these are.
    pub shop: String,
    /// The board's name.
    pub title: String,
    /// What the board is for; may be empty.
    pub description: String,
    /// Its days, in words; empty where there are none.
    pub days: String,
    /// What they are compared with and what is filtered, in words.
    pub chosen: Vec<String>,
    /// What a person should know.
    pub notices: Vec<String>,
    /// When it was made, in milliseconds UTC.
    pub made_at: i64,
    /// Its cards as they are shown.
    pub cards: Vec<CardView>,
    /// What stands in their place where there are none; may be empty.
    pub instead: String,
}

impl Sheet {
    /// Its words that are not empty, beside each other.
    pub(super) fn beside<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
        let words: Vec<&str> = words.into_iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
        words.join(" · ")
    }
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// It was told to stop.
    #[error("the PDF was not finished when it was told to stop")]
    Stopped,
    /// It could not be written; for the log.
    #[error("a PDF could not be written: {0}")]
    Failed(String),
}

/// The board as a PDF on A4 pages. It is given up soon after `stop` is set.
pub fn pdf(sheet: &Sheet, stop: &AtomicBool) -> Result<Vec<u8>, NotWritten> {
    let title = clean(&Sheet::beside([&sheet.title, &sheet.days]));
    write(&pages(sheet, stop), About { title, author: &sheet.shop, made_at: sheet.made_at }, stop)
}
