//! The columnar copy of a shop's facts: Parquet files by month under a versioned manifest, and questions answered from them.
//!
//! The relational database is the truth, this copy can be rebuilt from it at any time. It knows no other database: whoever has the rows
//! hands them over ([`TableWriter`]), publishes them ([`Build::publish`]) and asks ([`Columns::query`]).
#![warn(missing_docs)]

mod build;
mod context;
mod days;
mod engine;
mod error;
mod facts_table;
mod files;
mod hot;
mod manifest;
mod query;
mod snapshot;
mod tables;
mod writer;

pub use build::Build;
pub use engine::{Columns, Limits};
pub use error::ColumnsError;
pub use manifest::{FileEntry, Manifest};
pub use snapshot::Snapshot;
pub use tables::{Kind, TABLES, Table};
pub use writer::TableWriter;
