//! Questions and their answers.

mod answer;
mod cache;
mod overview;
mod statements;

pub use answer::answer;
pub(crate) use answer::{answer_within, chosen_currency};
pub(crate) use cache::cached;
pub(crate) use overview::{Overview, overview};
