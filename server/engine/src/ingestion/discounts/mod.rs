//! Discounts: how a file writes them, and what they take off.

mod find;
mod names;
mod proof;
mod scan;
mod sell_out;
mod shares;
mod words;

pub use find::{Discounts, Rows, discounts};
pub(super) use names::map_by_bare_name;
pub(super) use sell_out::take_discount_off;
pub(super) use shares::{Exact, Share, TakenOff, without_percent};
