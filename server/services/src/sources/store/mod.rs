//! Orders become facts: one transaction that inserts what is new, replaces what changed and leaves alone what is the same.

mod advertising;
mod alone;
mod catalogue;
mod customers;
mod decide;
mod facts;
mod former;
mod left;
mod lines;
mod matching;
mod movements;
mod notes;
mod orders;
mod other_facts;
mod people;
mod period;
mod products;
mod source;
mod spread;
mod stock;
mod totals;
mod unread;
mod wares;

pub(crate) use catalogue::blank as blank_product;
pub(crate) use customers::blank as blank_customer;
pub(crate) use decide::Known;
pub(crate) use facts::Store;
pub(crate) use matching::product_ids;
pub(crate) use notes::Notes;
pub(crate) use orders::remove as remove_orders;
pub(crate) use other_facts::Seen;
pub(crate) use people::merged as merged_customer;
pub(crate) use source::NewSource;
pub(crate) use totals::Totals;
pub(crate) use unread::Unread;
pub(crate) use wares::merged as merged_product;
