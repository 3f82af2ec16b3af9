//! What uploads replaced and what they name: enough to take any of them back as though it had never been.

mod claims;
mod fact_rows;
mod facts;
mod fold_claims;
mod foresee;
mod keep;
mod layers;
mod lives;
mod settled;
mod take_back;
mod told;
mod wares;

pub(super) use claims::{CUSTOMER, Claimant, FileClaim, PRODUCT, claim, claim_facts};
pub(super) use facts::{FactRow, keep_facts, keep_removed_facts};
pub(super) use foresee::{Foreseen, foresee};
pub(super) use keep::{keep_left_out, keep_partly, keep_removed, keep_replaced, keep_unchanged, next_sequence};
pub(super) use layers::Layer;
pub(super) use take_back::take_back;
pub(super) use told::{LEFT, PARTLY, TOOK};
