//! What uploads replaced and what they name: enough to take any of them back as though it had never been.

mod claims;
mod keep;
mod layers;
mod take_back;
mod wares;

pub(super) use claims::{Claimant, claim};
pub(super) use keep::{keep_replaced, keep_unchanged, next_sequence};
pub(super) use take_back::take_back;
