//! Questions and their answers.

mod analyses;
mod answer;
mod batch;
mod cache;
mod columns;
mod engine;
mod explain;
mod limits;
mod overview;
mod reading;
mod rows;
mod shared;
mod statements;
mod steps;
mod turns;

pub(crate) use analyses::analyse_within;
pub use analyses::{analyse, analyse_by};
pub use answer::{answer, answer_by};
pub(crate) use answer::{answer_compared_within, answer_within, chosen_currency, with_rankings};
pub use batch::answer_batch;
pub(crate) use cache::cached;
pub use columns::{CopySize, Reindexed, reindex};
pub(crate) use columns::{Touched, facts_changed, refresh_columns, sweep_columns, touched};
#[cfg(test)]
pub(crate) use engine::Engine;
pub use engine::EngineName;
pub use explain::explain;
pub(crate) use limits::check_roles;
pub(crate) use overview::{Overview, overview};
pub(crate) use reading::{Reading, in_turn};
pub(crate) use rows::{Behind, FactRow};
pub(crate) use shared::only_measure;
pub(crate) use turns::Turns;
