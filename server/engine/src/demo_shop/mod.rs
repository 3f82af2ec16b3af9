//! An invented shop to look around in: two years of orders, the same for the same seed and last day on every machine (whole numbers only).

mod calendar;
mod catalogue;
mod order;
mod people;
mod random;
mod trade;

use chrono_tz::Tz;

pub use order::{DemoCustomer, DemoLine, DemoOrder};
pub use trade::generate;

/// The shop's name.
pub const NAME: &str = "Harbour & Hearth";
/// The currency it trades in.
pub const CURRENCY: &str = "GBP";
/// The zone of its days.
pub const TIME_ZONE: Tz = chrono_tz::Europe::London;
