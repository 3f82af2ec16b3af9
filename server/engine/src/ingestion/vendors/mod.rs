//! Vendors as data: one readable JSON file each says which columns its exports have and what they mean.

mod decide;
mod order_sums;
mod outgoing;
mod places;
mod statuses;
mod summed;
mod vendor;
mod vocabulary;

pub use vendor::{movement_word, vendor_name};

pub(super) use decide::{Verdict, decide};
pub(super) use order_sums::OrderSums;
pub(super) use outgoing::Outgoing;
pub(super) use places::{StockColumn, open_columns, stock_columns};
pub(super) use statuses::{Standing, Statuses, lacks_money};
pub(super) use summed::addends;
pub(super) use vendor::{Export, Vendor};
pub(super) use vocabulary::is_name;
