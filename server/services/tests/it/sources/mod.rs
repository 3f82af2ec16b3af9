//! Files become figures: real ones, awkward ones, mapped ones.

mod awkward;
mod cancelled;
mod containers;
mod mapping;
mod matching;
mod other_kinds;
mod quality;
mod shopify;
pub(crate) mod steps;
mod time_zone;
mod uci;
mod undone;
mod uploads;

pub(crate) use steps::*;
