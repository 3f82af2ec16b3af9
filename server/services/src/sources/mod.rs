//! Sales files: accepted as they stream in, recognised, read row by row and stored as orders, all or nothing.

mod accept_upload;
mod book;
mod cancel_upload;
mod containers;
mod history;
mod import_file;
mod list_issues;
mod list_uploads;
mod map_upload;
mod move_movements;
mod names;
mod old_files;
mod order;
mod process_upload;
mod recompute_days;
mod records;
mod reprocess_upload;
mod request_keys;
mod spool;
mod stated;
mod status;
mod store;
mod undo_upload;
mod unpack;
mod watch_upload;

pub use accept_upload::UploadWriter;
pub use cancel_upload::cancel_upload;
pub use containers::{Conversion, TableNotes, convert};
pub use import_file::{ImportOptions, import_file, import_file_with};
pub use list_issues::{issues_csv, list_issues};
pub use list_uploads::{get_upload, list_uploads};
pub use map_upload::{map_upload, mapping_preview};
pub use reprocess_upload::reprocess_upload;
pub use undo_upload::undo_upload;
pub use watch_upload::watch_upload;

pub(crate) use accept_upload::{active, blank};
pub(crate) use book::{OrderBook, Refused, SalesLine};
pub(crate) use old_files::remove_old_files;
pub(crate) use process_upload::process_upload;
pub(crate) use recompute_days::recompute_days;
pub(crate) use stated::Stated;
pub(crate) use status::{mark_failed, mark_queued, mark_undone, show_progress};
pub(crate) use store::{NewSource, Store};
pub(crate) use undo_upload::undo;
