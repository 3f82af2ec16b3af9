//! What analyses make of the few rows that their statements bring: segments, cohorts, classes, pairs.

mod abc;
mod baskets;
mod cohorts;
mod movers;
mod rfm;
mod row;

pub use abc::abc;
pub use baskets::{BasketProduct, PairCounts, basket_products, counted, pairs};
pub use cohorts::{cohorts, new_and_returning};
pub use movers::slow_movers;
pub use rfm::{rfm, rfm_customers};
