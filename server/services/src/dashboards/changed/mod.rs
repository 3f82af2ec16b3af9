//! Where a change came from.

mod split;
mod what_changed;

pub use what_changed::what_changed;
