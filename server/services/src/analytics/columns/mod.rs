//! The columnar copy of a shop: written from the database in the background, whenever its facts have changed.

mod changed;
mod export;
mod refresh;
mod reindex;
mod touched;

pub(crate) use changed::{facts_changed, touched};
pub(crate) use refresh::{refresh_columns, sweep_columns};
pub use reindex::{CopySize, Reindexed, reindex};
pub(crate) use touched::Touched;
