//! The cards of a board, each in its frame.

mod chart;
mod figure;
mod fitted;
mod head;
mod key;
mod rows;
mod table;

pub(super) use fitted::{Fitted, GAP};
