//! How a file's discounts are written, found out over its rows before they are read.

use crate::sources::unpack;
use domain::sources::Mapping;
use engine::ingestion::{Discounts, Inspection, Rows, discounts};
use std::io::Read;
use std::path::Path;

/// So much of a file is looked at where a person waits for the page.
pub(in crate::sources) const WHILE_WAITED_FOR: u64 = 64 << 20;

/// What the first `most_bytes` of a file tell of its discounts. One that cannot be opened tells nothing here; reading its rows says why.
pub(in crate::sources) fn read_discounts(
    path: &Path,
    most_bytes: u64,
    inspection: &Inspection,
    mapping: &Mapping,
    is_wanted: &dyn Fn() -> bool,
) -> Option<Discounts> {
    let open = || {
        let (unpacked, _) = unpack::open(path).ok()?;
        Some(Box::new(unpacked.for_uploads_of(most_bytes)) as Box<dyn Read>)
    };
    discounts(inspection, mapping, &Rows { open: &open, most_bytes, is_wanted })
}
