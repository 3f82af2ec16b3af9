//! A question becomes SQL, and the rows it brings become an answer.
//!
//! Identifiers come from closed lists in this module, values are always parameters. The SQL is the same on SQLite, PostgreSQL and the columnar
//! copy but for what [`Dialect`] writes.

mod answering;
mod atoms;
mod blocks;
mod compare;
mod derive;
mod dimensions;
mod filters;
mod measures;
mod plan;
mod ranking;
mod spellings;
mod sql;
mod statement;
mod thresholds;

pub use answering::{Raw, answer_columns, answer_rows};
pub use compare::{Compared, Known, compared_question, merge_compared, narrowed_to};
pub use derive::{Derivation, needs_all_rows, needs_totals};
pub use plan::{Output, Plan, PlanContext, compile, compile_currencies, compile_totals, holds_money};
pub use ranking::{next_ranking, with_ranking};
pub use sql::{Dialect, Value};
