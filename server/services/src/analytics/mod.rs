//! Questions and their answers.

mod answer;
mod batch;
mod cache;
mod explain;
mod limits;
mod overview;
mod statements;
mod steps;

pub use answer::answer;
pub(crate) use answer::{answer_within, chosen_currency};
pub use batch::answer_batch;
pub(crate) use cache::cached;
pub use explain::explain;
pub(crate) use overview::{Overview, overview};
