//! Files that are no delimited text, turned into rows of comma-separated text: workbooks, Parquet and JSON.
//!
//! What is read here comes from strangers. Callers run it where neither its memory nor its time can harm the server.

mod iso_text;
mod json;
mod json_documents;
mod json_look;
mod kind;
mod number_text;
mod parquet;
mod rows;
mod workbook;

pub use json::{JsonShape, write_json};
pub use kind::{Container, container_of};
pub use parquet::write_parquet;
pub use workbook::{SheetNotes, write_workbook};
