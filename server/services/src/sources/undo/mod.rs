//! Uploads taken back, and what that would do.

mod undo_preview;
mod undo_upload;

pub use undo_preview::undo_preview;
pub(crate) use undo_upload::undo;
pub use undo_upload::undo_upload;
pub(super) use undo_upload::{refuse_unless_possible, wait_for};
