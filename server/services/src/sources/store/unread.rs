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
    /// Those of them of which other rows were read.
    told: HashSet<Box<str>>,
    /// Some rejected row may be of any order.
    may_be_any: bool,
    is_overfull: bool,
}

impl Unread {
    /// A row was rejected: the number of its order, if it tells it, and whether that is certain.
    pub(crate) fn note(&mut self, number: Option<&str>, is_certain: bool) {
        self.may_be_any |= number.is_none() || !is_certain;
        let Some(number) = number.filter(|number| !self.numbers.contains(*number)) else { return };
        self.is_overfull |= self.numbers.len() >= MOST;
        if !self.is_overfull {
            self.numbers.insert(number.into());
        }
    }

    /// Whether rows of an order were rejected. An order in several currencies is one.
    pub(super) fn holds(&self, number: &str) -> bool {
        let number = number.split(NUMBER_SEPARATOR).next().unwrap_or(number);
        self.is_overfull || self.numbers.contains(number)
    }

    /// Where in a book the orders are of which rows were rejected.
    pub(super) fn held(&mut self, book: &OrderBook) -> HashSet<u32> {
        if self.numbers.is_empty() {
            return HashSet::new();
        }
        let held: HashSet<u32> = (0_u32..).zip(&book.orders).filter(|(_, order)| self.holds(&order.external_id)).map(|(index, _)| index).collect();
        self.told.extend(held.iter().map(|index| book.orders[*index as usize].external_id.clone()));
        held
    }

    /// Whether any order that the file lacks may stand in its rejected rows.
    pub(super) fn is_of_any(&self) -> bool {
        self.may_be_any || self.is_overfull
    }

    /// The orders of which no row was read.
    pub(super) fn only_named(&self) -> Vec<String> {
        let mut named: Vec<String> = self.numbers.difference(&self.told).map(|number| number.to_string()).collect();
        named.sort_unstable();
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejected_rows_hold_their_orders_in_every_currency() {
        let mut unread = Unread::default();
        unread.note(Some("7"), true);
        assert!(unread.holds("7") && unread.holds("7\u{1f}USD") && !unread.holds("70"));
        assert_eq!((unread.is_of_any(), unread.only_named()), (false, vec!["7".to_owned()]));
        unread.note(Some("8"), false);
        assert!(unread.holds("8") && unread.is_of_any(), "it may be another's number");
    }

    #[test]
    fn a_row_without_a_number_may_be_of_any_order() {
        let mut unread = Unread::default();
        unread.note(None, true);
        assert!(unread.is_of_any() && !unread.holds("7"));
    }
}
