//! Discounts: how a file writes them, and what they take off.

mod find;
mod proof;
mod shares;
mod words;

pub(super) use find::map_by_bare_name;
pub use find::{Discounts, Rows, discounts};
pub(super) use shares::{Exact, Share, TakenOff, without_percent};
