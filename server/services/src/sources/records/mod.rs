//! What files other than sales files bring: products, customers, stock, movements of money, advertising.

mod fact;
mod fact_spool;

pub(crate) use fact::{AdFact, CustomerFact, Fact, MovementFact, MovementKind, ProductFact, StockFact, StockLevel, StockTold, code, month_of};
pub(crate) use fact_spool::FactSpool;
