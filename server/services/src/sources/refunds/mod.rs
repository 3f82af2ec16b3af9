//! Refunds that both the export of their order and a file of refunds tell: the books count them once, whichever came first.

mod concerned;
mod count_once;
mod counted;
mod foresee;
mod groups;
mod own_lines;
mod returns;

pub(super) use concerned::Concerned;
pub(super) use count_once::count_once;
pub(super) use foresee::{Overlay, Shift, foresee};
pub(super) use groups::refunded_among;
