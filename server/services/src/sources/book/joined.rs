//! Orders of a book that are one order where they are stored.

use super::order::Order;
use super::order_book::OrderBook;
use std::collections::HashMap;

impl OrderBook {
    /// Puts orders under other numbers, given by their place; those under the same number become one.
    pub(crate) fn join(&mut self, numbers: &HashMap<u32, Box<str>>) {
        let orders = std::mem::take(&mut self.orders);
        let (mut places, mut of_number) = (Vec::with_capacity(orders.len()), HashMap::<&str, u32>::new());
        for (index, mut order) in (0_u32..).zip(orders) {
            let next = u32::try_from(self.orders.len()).expect("no more than there were");
            let place = numbers.get(&index).map_or(next, |number| *of_number.entry(number).or_insert(next));
            places.push(place);
            if place < next {
                self.orders[place as usize].absorb(order);
                continue;
            }
            if let Some(number) = numbers.get(&index) {
                order.external_id.clone_from(number);
            }
            self.orders.push(order);
        }
        self.lines.iter_mut().for_each(|line| line.order = places[line.order as usize]);
    }
}

impl Order {
    /// Takes all of another, as though its lines had been this one's from the beginning.
    fn absorb(&mut self, other: Self) {
        if other.occurred_at < self.occurred_at {
            (self.occurred_at, self.day, self.hour) = (other.occurred_at, other.day, other.hour);
        }
        self.country = self.country.or(other.country);
        self.city = self.city.take().or(other.city);
        self.customer = self.customer.or(other.customer);
        self.stated_total_minor = self.stated_total_minor.or(other.stated_total_minor);
        if let Some(stated) = other.stated {
            self.stated.get_or_insert_default().absorb(*stated);
        }
        self.net_minor = self.net_minor.saturating_add(other.net_minor);
        self.gross_minor = self.gross_minor.saturating_add(other.gross_minor);
        self.units_milli = self.units_milli.saturating_add(other.units_milli);
        self.line_count += other.line_count;
        self.lines_hash = self.lines_hash.wrapping_add(other.lines_hash);
    }
}
