//! How a file's discounts are written, found out over its rows before they are read.

use crate::sources::unpack;
use domain::sources::Mapping;
use engine::ingestion::{Discounts, Inspection, Rows, discounts};
use std::io::Read;
use std::path::Path;

/// So much of a file is looked at where a person waits for the page.
pub(in crate::sources) const WHILE_WAITED_FOR: u64 = 64 << 20;

/// A file, and how much of it is looked at.
pub(in crate::sources) struct Looking<'a> {
    pub(in crate::sources) path: &'a Path,
    pub(in crate::sources) upload_max_bytes: u64,
    /// Of what is unpacked.
    pub(in crate::sources) most_bytes: u64,
    pub(in crate::sources) is_wanted: &'a dyn Fn() -> bool,
}

/// What a file tells of its discounts. One that cannot be opened tells nothing here; reading its rows says why.
pub(in crate::sources) fn read_discounts(looking: &Looking<'_>, inspection: &Inspection, mapping: &Mapping) -> Option<Discounts> {
    let &Looking { path, upload_max_bytes, most_bytes, is_wanted } = looking;
    let open = || {
        let (unpacked, _) = unpack::open(path).ok()?;
        Some(Box::new(unpacked.for_uploads_of(upload_max_bytes)) as Box<dyn Read>)
    };
    discounts(inspection, mapping, &Rows { open: &open, most_bytes, is_wanted })
}
