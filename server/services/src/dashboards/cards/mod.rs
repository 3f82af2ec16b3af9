//! A board's cards: one question or analysis each, answered and made into what is shown.

mod analyses;
mod asking;
mod beside_rest;
mod bridge;
mod by_value;
mod card;
mod figure;
mod goal;
mod grid;
mod growth;
mod keyed;
mod largest;
mod names;
mod over_time;
mod plain_table;
mod scatter;
mod share;
mod waterfall;

pub(super) use asking::{Asking, text_column};
pub(super) use bridge::Bridge;
pub(super) use card::{unasked, view};
pub(super) use keyed::{Pair, cell, paired};
pub(super) use names::{filter_value, name};
pub(super) use plain_table::all_rows;
