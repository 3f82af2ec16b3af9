//! Orders sent as JSON: read strictly, each problem with a pointer to its place, and stored as those of a file.

mod amounts;
mod cleaned;
mod fields;
mod import_orders;
mod moment;
mod order;
mod read_order;

pub use import_orders::{OrderBatch, import_orders};

pub(super) use cleaned::note_cleaned;
pub(super) use read_order::OrderReader;
