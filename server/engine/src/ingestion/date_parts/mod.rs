//! The parts of dates and times as they are written.

mod months;
mod scanner;

pub(super) use scanner::{Part, Scanner, seconds};
