//! Files that are no delimited text, turned into rows of comma-separated text: workbooks and JSON.
//!
//! What is read here comes from strangers. Callers run it where neither its memory nor its time can harm the server.

mod json;
mod kind;
mod rows;
mod workbook;

pub use json::{JsonShape, write_json};
pub use kind::{Container, container_of};
pub use workbook::{SheetNotes, write_workbook};
