//! A question becomes SQL, and the rows it brings become an answer.
//!
//! Identifiers come from closed lists in this module, values are always parameters. The SQL is the same on SQLite, PostgreSQL and the columnar
//! copy but for what [`Dialect`] writes.

mod analyses;
mod answering;
mod atoms;
mod blocks;
mod compare;
mod derive;
mod dimensions;
mod facing;
mod filters;
mod measures;
mod plan;
mod ranking;
mod rows;
mod spellings;
mod sql;
mod statement;
mod thresholds;

pub use analyses::{
    Scope, compile_abc_classes, compile_abc_products, compile_basket_count, compile_basket_products, compile_baskets, compile_cohorts,
    compile_movers_count, compile_new_and_returning, compile_rfm, compile_rfm_customers, compile_slow_movers,
};
pub use answering::{Raw, answer_columns, answer_rows};
pub use compare::{Compared, Known, compared_question, merge_compared, narrowed_to};
pub use derive::{Derivation, goes_along_time, needs_all_rows, needs_totals};
pub use plan::{Output, Plan, PlanContext, about_all_rows, compile, compile_compared, compile_currencies, compile_totals, holds_money};
pub use ranking::{next_ranking, with_ranking};
pub use rows::{FactRows, adds_up, compile_row_sums, compile_rows, fact_rows, row_measures};
pub use sql::{Dialect, Value};
