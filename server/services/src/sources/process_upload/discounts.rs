//! How a file's discounts are written, found out over the whole file before its rows are read.

use crate::sources::unpack;
use domain::sources::Mapping;
use engine::ingestion::{Discounts, Inspection, discounts};
use std::io::Read;
use std::path::Path;

/// What the file tells of its discounts. One that cannot be opened tells nothing here; reading its rows says why.
pub(super) fn read_discounts(path: &Path, upload_max_bytes: u64, inspection: &Inspection, mapping: &Mapping) -> Option<Discounts> {
    let rest = || {
        let (unpacked, _) = unpack::open(path).ok()?;
        Some(Box::new(unpacked.for_uploads_of(upload_max_bytes)) as Box<dyn Read>)
    };
    discounts(inspection, mapping, rest)
}
