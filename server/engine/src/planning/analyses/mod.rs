//! Analyses become SQL: heavy work over sets is the engine's, whatever of it is of bounded size is worked out in [`crate::analysis`].

mod abc;
mod baskets;
mod customers;
mod movers;
mod scope;

pub use abc::{compile_abc_classes, compile_abc_products};
pub use baskets::{compile_basket_count, compile_basket_products, compile_baskets};
pub use customers::{compile_cohorts, compile_new_and_returning, compile_rfm, compile_rfm_customers};
pub use movers::{compile_movers_count, compile_slow_movers};
pub use scope::Scope;
