//! Sentences about some days, on all charts over time. One operation a file.

mod list_annotations;
mod marked;
mod of_uploads;
mod save_annotation;
mod stored;

pub use list_annotations::list_annotations;
pub(super) use list_annotations::seen;
pub(super) use marked::{SAID, mark_card, mark_chart};
pub use save_annotation::{create_annotation, delete_annotation, update_annotation};
