//! The accept loop: caps, deadlines and a graceful end, none of which `axum::serve` has.

mod accept;
mod caps;
mod connection;
mod stalled;

pub use accept::{Limits, serve};
