//! The parts of dates and times as they are written.

mod months;
mod scanner;
mod told_zones;
mod weeks;

pub(super) use scanner::{Part, Scanner, seconds};
pub(super) use told_zones::{ToldZone, ToldZones, zone_named};
pub(super) use weeks::{day, monday};
