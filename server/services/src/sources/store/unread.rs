//! Orders of which rows of a file could not be read: what is there of them stays as it is.

use crate::sources::OrderBook;
use engine::ingestion::NUMBER_SEPARATOR;
use std::collections::HashSet;

/// A file in which rows of more orders cannot be read is damaged as a whole.
const MOST: usize = 500_000;

/// The orders whose rows were rejected.
#[derive(Debug, Default)]
pub(crate) struct Unread {
    numbers: HashSet<Box<str>>,
    /// Some row was rejected, whether it tells its order or not.
    is_any: bool,
    is_overfull: bool,
}

impl Unread {
    /// A row was rejected: the number of its order, if it tells it.
    pub(crate) fn note(&mut self, number: Option<&str>) {
        self.is_any = true;
        let Some(number) = number.filter(|number| !self.numbers.contains(*number)) else { return };
        self.is_overfull |= self.numbers.len() >= MOST;
        if !self.is_overfull {
            self.numbers.insert(number.into());
        }
    }

    /// Whether rows of an order were rejected. An order in several currencies is one.
    fn holds(&self, number: &str) -> bool {
        let number = number.split(NUMBER_SEPARATOR).next().unwrap_or(number);
        self.is_overfull || self.numbers.contains(number)
    }

    /// Where in a book the orders are of which rows were rejected.
    pub(super) fn held(&self, book: &OrderBook) -> HashSet<u32> {
        if self.numbers.is_empty() {
            return HashSet::new();
        }
        (0_u32..).zip(&book.orders).filter(|(_, order)| self.holds(&order.external_id)).map(|(index, _)| index).collect()
    }

    /// Whether any row was rejected: what the file seems to lack may stand there.
    pub(super) fn is_any(&self) -> bool {
        self.is_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejected_rows_hold_their_orders_in_every_currency() {
        let mut unread = Unread::default();
        unread.note(Some("7"));
        assert!(unread.holds("7") && unread.holds("7\u{1f}USD") && !unread.holds("70"));
    }

    #[test]
    fn a_row_without_a_number_holds_no_order_and_counts() {
        let mut unread = Unread::default();
        assert!(!unread.is_any());
        unread.note(None);
        assert!(unread.is_any() && !unread.holds("7"));
    }
}
