//! Which orders are new, which changed and which are the same; then all that is kept in the order it is written in. Pure.

use super::facts::Target;
use crate::sources::book::Order;
use crate::sources::book::{Line, NO_PRODUCT, OrderBook};
use crate::sources::history::{LEFT, PARTLY};
use domain::sources::UploadMode;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// An order that is there already.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: i64,
    pub(crate) day: i32,
    pub(crate) hash: Vec<u8>,
    /// The upload that brought it.
    pub(crate) upload_id: Uuid,
    pub(crate) currency: String,
    /// Of a refund, the number of its order.
    pub(crate) refund_of: Option<String>,
    /// Its lines name products; looked up only where the file's do not.
    pub(crate) names_products: bool,
}

/// An order to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// Index into the book's orders.
    pub(crate) order: u32,
    pub(crate) id: i64,
    pub(crate) hash: [u8; 16],
    /// The day under which its former lines lie, when it replaces an order.
    pub(crate) replaces_day: Option<i32>,
}

/// An order that is there, differs, and stays as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    pub(crate) kept: Kept,
    /// Who brought it.
    pub(crate) owner: Uuid,
    /// How the history tells it.
    pub(crate) way: i16,
}

/// A book with its decisions.
pub(crate) struct Decided {
    pub(crate) book: OrderBook,
    /// Sorted by day and id, as the tables are.
    pub(crate) kept: Vec<Kept>,
    /// Orders that are there and differ: this file only adds, tells less of them, or could not be read in all of their rows.
    pub(crate) left: Vec<Left>,
    /// How many of them stay because this file tells less.
    pub(crate) told_less: i64,
    /// And how many because rows of theirs were rejected.
    pub(crate) held: i64,
    /// Orders of which rows were rejected and the others told the same, with who brought them; this upload itself where it made them.
    pub(crate) partly: Vec<(String, Uuid)>,
    /// The book's lines sorted by their order, file order within; `starts[order]..starts[order + 1]`.
    lines: Vec<Line>,
    starts: Vec<u32>,
    pub(crate) orders_new: i64,
    pub(crate) rows_duplicate: i64,
    /// Orders that were there and the same, with who brought them.
    pub(crate) unchanged: Vec<(String, Uuid)>,
    pub(crate) next_order_id: i64,
}

impl Decided {
    /// Compares each order's content with what is there; of `held_orders`, rows were rejected.
    pub(super) fn new(mut book: OrderBook, known: &HashMap<String, Known>, held_orders: &HashSet<u32>, target: Target, next_order_id: i64) -> Self {
        book.settle();
        let Target { channel, source_id, mode, upload_id, .. } = target;
        let customer_keys: Vec<String> = book.customers.iter().map(|customer| customer.key(source_id)).collect();
        let (mut kept, mut left, mut unchanged, mut orders_new, mut rows_duplicate) = (Vec::new(), Vec::new(), Vec::new(), 0, 0);
        let (mut told_less, mut held, mut partly) = (0, 0, Vec::new());
        for (index, order) in (0_u32..).zip(&book.orders) {
            let customer_key = order.customer.map_or("", |customer| customer_keys[customer as usize].as_str());
            let hash = order.content_hash(channel.code(), customer_key);
            let is_held = held_orders.contains(&index);
            let known = known.get(&*order.external_id);
            if is_held && known.is_none_or(|known| known.hash == hash) {
                partly.push((order.external_id.to_string(), known.map_or(upload_id, |known| known.upload_id)));
            }
            match known {
                Some(known) if known.hash == hash && is_held => rows_duplicate += i64::from(order.line_count),
                Some(known) if known.hash == hash => {
                    rows_duplicate += i64::from(order.line_count);
                    unchanged.push((order.external_id.to_string(), known.upload_id));
                }
                // `names_products` is known only of orders that the book tells as sums.
                Some(known) if is_held || mode == UploadMode::Append || known.names_products => {
                    held += i64::from(is_held);
                    told_less += i64::from(mode != UploadMode::Append && !is_held);
                    rows_duplicate += i64::from(order.line_count);
                    let kept = Kept { order: index, id: known.id, hash, replaces_day: None };
                    left.push(Left { kept, owner: known.upload_id, way: if is_held { PARTLY } else { LEFT } });
                }
                Some(known) => kept.push(Kept { order: index, id: known.id, hash, replaces_day: Some(known.day) }),
                None => {
                    orders_new += 1;
                    kept.push(Kept { order: index, id: 0, hash, replaces_day: None });
                }
            }
        }
        // What is no sale is kept under its number and no figure counts it.
        book.orders.iter_mut().filter(|order| order.is_test()).for_each(Order::leave_out);
        let next_order_id = number(&mut kept, &book.orders, next_order_id);
        let (lines, starts) = sort_lines(std::mem::take(&mut book.lines), book.orders.len());
        Self { book, kept, left, told_less, held, partly, lines, starts, orders_new, rows_duplicate, unchanged, next_order_id }
    }

    /// The lines of an order that count, in file order.
    pub(crate) fn lines(&self, kept: &Kept) -> &[Line] {
        let order = kept.order as usize;
        if self.book.orders[order].is_test() {
            return &[];
        }
        &self.lines[self.starts[order] as usize..self.starts[order + 1] as usize]
    }

    /// The order behind a decision.
    pub(crate) fn order(&self, kept: &Kept) -> &Order {
        &self.book.orders[kept.order as usize]
    }

    /// The orders that are written, and those that are only remembered.
    fn told(&self) -> impl Iterator<Item = &Kept> {
        self.kept.iter().chain(self.left.iter().map(|left| &left.kept))
    }

    /// Which of the book's products the told orders name.
    pub(super) fn used_products(&self) -> Vec<bool> {
        let mut used = vec![false; self.book.products.len()];
        for line in self.told().flat_map(|kept| self.lines(kept)).filter(|line| line.product != NO_PRODUCT) {
            used[line.product as usize] = true;
        }
        used
    }

    /// Which of the book's customers the told orders name.
    pub(super) fn used_customers(&self) -> Vec<bool> {
        let mut used = vec![false; self.book.customers.len()];
        for customer in self.told().filter_map(|kept| self.order(kept).customer) {
            used[customer as usize] = true;
        }
        used
    }
}

/// Gives new orders ids in the order of time, so that rows written together lie together; answers the next free id.
fn number(kept: &mut [Kept], orders: &[Order], mut next: i64) -> i64 {
    kept.sort_unstable_by(|one, other| {
        let key = |kept: &Kept| {
            let order = &orders[kept.order as usize];
            (order.day, order.occurred_at, &order.external_id)
        };
        key(one).cmp(&key(other))
    });
    for kept in kept.iter_mut().filter(|kept| kept.replaces_day.is_none()) {
        kept.id = next;
        next += 1;
    }
    kept.sort_unstable_by_key(|kept| (orders[kept.order as usize].day, kept.id));
    next
}

/// A counting sort: stable, so that lines keep the file's order.
fn sort_lines(lines: Vec<Line>, orders: usize) -> (Vec<Line>, Vec<u32>) {
    let mut starts = vec![0_u32; orders + 1];
    for line in &lines {
        starts[line.order as usize + 1] += 1;
    }
    for order in 0..orders {
        starts[order + 1] += starts[order];
    }
    let Some(&any) = lines.first() else { return (lines, starts) };
    let (mut next, mut sorted) = (starts.clone(), vec![any; lines.len()]);
    for line in lines {
        let place = &mut next[line.order as usize];
        sorted[*place as usize] = line;
        *place += 1;
    }
    (sorted, starts)
}
