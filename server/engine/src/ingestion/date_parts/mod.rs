//! The parts of dates and times as they are written.

mod months;
mod scanner;
mod told_zones;
mod weeks;

pub(super) use scanner::{Part, Scanner, seconds};
#[cfg(test)]
pub(super) use told_zones::zone_named;
pub(super) use told_zones::{ToldZone, ToldZones};
pub(super) use weeks::{day, monday};
