//! Cards of analyses: what each found as pictures and tables.

mod abc;
mod baskets;
mod cohorts;
mod content;
mod customers;
mod movers;
mod returning;
mod showing;

pub(super) use content::content;
