//! Stored files as time goes by: packed after a week, kept as long as their upload counts, then removed.

mod kept_file;
mod old_files;
mod packed;

pub use kept_file::kept_file;
pub(crate) use old_files::remove_old_files;
pub(super) use packed::{Ahead, bytes_before, packed_path};
