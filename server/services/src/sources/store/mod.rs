//! Orders become facts: one transaction that inserts what is new, replaces what changed and leaves alone what is the same.

mod catalogue;
mod customers;
mod decide;
mod facts;
mod lines;
mod orders;
mod products;
mod source;
mod totals;

pub(crate) use facts::Store;
pub(crate) use orders::remove as remove_orders;
pub(crate) use source::NewSource;
pub(crate) use totals::Totals;
