//! Which refunds and orders an upload may have changed.

use super::groups::{Key, has_refunds, refunded_among};
use crate::db::Tx;
use crate::error::Result;
use crate::sources::OrderBook;
use crate::sources::book::plain_number;
use crate::sources::store::Known;
use domain::ids::MerchantId;
use std::collections::{BTreeSet, HashMap};

/// More are not remembered: then all are looked at, some at a time.
const MOST: usize = 50_000;
const NUMBERS_AT_ONCE: usize = 1_000;

/// Which refunds and orders an upload may have changed.
#[derive(Debug)]
pub(in crate::sources) enum Concerned {
    /// Those under these keys.
    Some(BTreeSet<Key>),
    /// What goes with an upload, or with a period, is not remembered.
    All,
}

impl Default for Concerned {
    fn default() -> Self {
        Self::Some(BTreeSet::new())
    }
}

impl Concerned {
    /// Sees a book before it is stored, with what is there already under its numbers.
    pub(in crate::sources) async fn see(&mut self, tx: &Tx, merchant: MerchantId, book: &OrderBook, known: &HashMap<String, Known>) -> Result<()> {
        let Self::Some(keys) = self else { return Ok(()) };
        let mut orders: Vec<Key> = Vec::new();
        let mut see = |refund_of: Option<&str>, number: &str, currency: &str| match refund_of {
            Some(order) => drop(keys.insert((order.to_owned(), currency.to_owned()))),
            None => orders.push((plain_number(number).to_owned(), currency.to_owned())),
        };
        let is_any = has_refunds(tx, merchant).await?;
        for order in book.orders.iter().filter(|order| is_any || order.refund_of().is_some()) {
            see(order.refund_of(), &order.external_id, order.currency.code());
        }
        known.iter().filter(|_| is_any).for_each(|(number, known)| see(known.refund_of.as_deref(), number, &known.currency));
        for some in orders.chunks(NUMBERS_AT_ONCE) {
            let refunded = refunded_among(tx, merchant, some.iter().map(|(number, _)| number.as_str())).await?;
            keys.extend(some.iter().filter(|(number, _)| refunded.contains(number)).cloned());
        }
        if keys.len() > MOST {
            *self = Self::All;
        }
        Ok(())
    }
}
