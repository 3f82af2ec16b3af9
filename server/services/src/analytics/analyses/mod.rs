//! Analyses: segments of customers, cohorts, classes of products, what stands still, what is bought together.

mod analyse;
mod running;

pub(crate) use analyse::analyse_within;
pub use analyse::{analyse, analyse_by};
