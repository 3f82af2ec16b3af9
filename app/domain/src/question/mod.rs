//! A question is a value: measures, dimensions, filters, time, order, limit, comparison. So is its answer.

mod against;
mod answer;
mod asked;
mod check;
mod derived;
mod explained;
mod filter;
mod parts;
mod threshold;

pub use against::Against;
pub use answer::{Answer, Cell, Column, ColumnKind};
pub use asked::{MAX_ROWS, Order, Question, TimeSpan};
pub use derived::{Derived, Transform};
pub use explained::{BatchItem, BatchQuestions, ExplainedStep, Explanation, MAX_BATCH};
pub use filter::{Filter, FilterOp};
pub use threshold::{Number, Threshold, ThresholdOp};
