//! Vendors as data: one readable JSON file each says which columns its exports have and what they mean.

mod decide;
mod vendor;
mod vocabulary;

pub use vendor::vendor_name;

pub(super) use decide::{Verdict, decide};
pub(super) use vendor::{Export, Vendor};
pub(super) use vocabulary::is_name;
