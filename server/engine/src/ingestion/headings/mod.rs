//! What columns are called, and names that come near.

mod mojibake;
mod names;
mod near_names;

pub(super) use names::{behind, currency_in, find, is_common, key, names, normalise, squeeze};
pub(super) use near_names::fill;
