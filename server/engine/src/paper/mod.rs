//! Boards on paper: what a page shows in, the bytes of a PDF out. Nothing is computed here that the page did not show.

#[cfg(test)]
mod any_sheet;
mod canvas;
mod cards;
mod charts;
mod colours;
mod heading;
mod layout;
mod pdf;
mod sheet;
mod text;

pub use sheet::{NotWritten, Sheet, pdf};
