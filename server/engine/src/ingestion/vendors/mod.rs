//! Vendors as data: one small JSON file each says by which columns an export is known and what they mean.

mod vendor;

pub(super) use vendor::{Vendor, recognise};
