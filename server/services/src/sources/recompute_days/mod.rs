//! Orders and movements of money on other days, once a shop's time zone has changed.

mod movements;
mod orders;

pub(crate) use orders::recompute_days;
