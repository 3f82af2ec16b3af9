//! A question becomes SQL, and the rows it brings become an answer.
//!
//! Identifiers come from closed lists in this module, values are always parameters. The SQL is the same on SQLite and PostgreSQL but for
//! placeholders, casts and collation.

mod answering;
mod compare;
mod dimensions;
mod filters;
mod measures;
mod plan;
mod sql;

pub use answering::{Raw, answer_columns, answer_rows};
pub use compare::{Compared, Known, compared_question, merge_compared, narrowed_to};
pub use plan::{Output, Plan, PlanContext, compile, compile_currencies};
pub use sql::{Dialect, Value};
