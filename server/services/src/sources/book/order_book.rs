//! Lines of a file become orders: grouped by order number, with products and customers told apart. Pure and in memory.

use super::order::{Order, Taken};
use super::stated::Stated;
use domain::{Currency, Day};
use engine::ingestion::{CleaningKind, CleaningLog, NUMBER_SEPARATOR};
use std::collections::HashMap;

pub(crate) use super::product::{Product, sku_code, sku_key, title_key};

/// One line of a sale, however it came: from a file, from the spool, from the demo shop. Empty texts mean "not known".
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SalesLine<'a> {
    /// The line of the file on which its row begins; 0 where there is no file.
    pub(crate) row_line: u64,
    pub(crate) order_number: &'a str,
    pub(crate) occurred_at: i64,
    pub(crate) day: Day,
    pub(crate) hour: u8,
    pub(crate) sku: &'a str,
    pub(crate) title: &'a str,
    pub(crate) quantity_milli: i64,
    pub(crate) unit_price_minor: Option<i64>,
    pub(crate) amount_minor: i64,
    /// What is off the amount already, with its sign; `None` where the row names no discount of its own.
    pub(crate) discount_minor: Option<i64>,
    pub(crate) currency: Currency,
    pub(crate) country: Option<[u8; 2]>,
    pub(crate) city: &'a str,
    pub(crate) customer_id: &'a str,
    pub(crate) customer_email: &'a str,
    pub(crate) customer_name: &'a str,
    pub(crate) stated_total_minor: Option<i64>,
    pub(crate) stated: Stated<'a>,
}

impl SalesLine<'_> {
    /// What is off the amount of a sale, at most all of it: what is more counts as given back.
    pub(super) fn off_sale(&self) -> Option<i64> {
        let off = self.discount_minor?;
        let before = self.amount_minor.saturating_add(off);
        (before > 0).then(|| off.clamp(0, before))
    }
}

/// A line, in few bytes: half a million of them stay in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) order: u32,
    /// Index into the book's products, or [`NO_PRODUCT`].
    pub(crate) product: u32,
    pub(crate) quantity_milli: i64,
    pub(crate) unit_price_minor: Option<i64>,
    pub(crate) amount_minor: i64,
    /// What is off the amount of a sale; `None` where the file tells nothing of it, and of what was given back.
    pub(crate) discount_minor: Option<i64>,
}

impl Line {
    /// The amount of a sale before discounts; nothing where it was given back.
    pub(super) fn gross_minor(&self) -> i64 {
        self.amount_minor.max(0).saturating_add(self.discount_minor.unwrap_or(0))
    }

    /// What gives a sale back, of which so much is left at most; `None` where it is none, or nothing is left.
    pub(super) fn given_back(&self, left_minor: i64, left_milli: i64) -> Option<Self> {
        let is_gift = self.amount_minor == 0 && self.quantity_milli > 0;
        let (amount, quantity) = (self.amount_minor.min(left_minor), self.quantity_milli.min(left_milli));
        let line = Self { quantity_milli: -quantity, amount_minor: -amount, discount_minor: None, ..*self };
        (amount > 0 || is_gift).then_some(line)
    }
}

/// The product of a line that names none.
pub(crate) const NO_PRODUCT: u32 = u32::MAX;

/// A customer as a file names them.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) external_id: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) country: Option<[u8; 2]>,
}

/// A file's orders (or one partition's).
#[derive(Default)]
pub(crate) struct OrderBook {
    pub(crate) orders: Vec<Order>,
    pub(crate) lines: Vec<Line>,
    pub(crate) products: Vec<Product>,
    pub(crate) customers: Vec<Customer>,
    /// The places of the lines that were returned, in their order.
    pub(super) returned: Vec<usize>,
    by_number: HashMap<Box<str>, u32>,
    /// Orders that share another's number in a currency of their own, after that other.
    sides: Vec<(u32, u32)>,
    /// What taking rows into orders changed.
    pub(super) taken: CleaningLog,
    /// Spellings of codes beside the one that is kept, with their product.
    pub(crate) respelled: Vec<(String, u32)>,
    /// Memory that orders, products and customers take, roughly.
    kept_bytes: usize,
    /// Each spelling of a code; and its upper-case, in which all spellings are one.
    by_sku: HashMap<String, u32>,
    by_code: HashMap<String, u32>,
    by_title: HashMap<String, u32>,
    by_customer: HashMap<String, u32>,
}

/// An entry of a map from text to index.
const ENTRY_BYTES: usize = 40;

/// What a title of an unsold line is set back by: stock-takers' notes ("damaged", "check") must not rename a product that sells.
const UNSOLD_TITLE_MS: i64 = 1 << 52;

/// Why a line is refused: a sentence for the person who brought the file.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

impl OrderBook {
    /// Adds a line to its order.
    pub(crate) fn add(&mut self, line: &SalesLine<'_>) -> Result<(), Refused> {
        let order = self.order_of(line);
        let product = self.product_of(line);
        if self.orders[order as usize].customer.is_none() {
            let customer = self.customer_of(line);
            self.orders[order as usize].customer = customer;
        }
        match self.orders[order as usize].take(line).ok_or_else(|| too_much(line))? {
            Taken::Whole => {}
            Taken::Again => self.taken.note(CleaningKind::RepeatedOnce, line.row_line, "", || (line.order_number, "counted once")),
            Taken::Part => self.taken.note(CleaningKind::PartsSummed, line.row_line, "", || (line.order_number, "added")),
        }
        if line.stated.is_returned {
            self.returned.push(self.lines.len());
        }
        let (quantity_milli, unit_price_minor, amount_minor) = (line.quantity_milli, line.unit_price_minor, line.amount_minor);
        self.lines.push(Line { order, product, quantity_milli, unit_price_minor, amount_minor, discount_minor: line.off_sale() });
        Ok(())
    }

    /// Roughly the memory that the book takes.
    pub(in crate::sources) fn bytes(&self) -> usize {
        self.lines.len() * size_of::<Line>() + self.kept_bytes
    }

    fn order_of(&mut self, line: &SalesLine<'_>) -> u32 {
        // Most rows belong to the order of the row before.
        if let Some(last) = self.lines.last().map(|last| last.order)
            && self.orders[last as usize].is_of(line)
        {
            return last;
        }
        let Some(&known) = self.by_number.get(line.order_number) else { return self.begin(line.order_number, line) };
        if self.orders[known as usize].currency == line.currency {
            return known;
        }
        // An order has one currency. What is in another becomes an order of its own, so that no row is lost.
        let key = side_number(line.order_number, line.currency);
        self.by_number.get(key.as_str()).copied().unwrap_or_else(|| {
            self.sides.push((known, index_of(self.orders.len())));
            self.begin(&key, line)
        })
    }

    fn begin(&mut self, key: &str, line: &SalesLine<'_>) -> u32 {
        let index = index_of(self.orders.len());
        self.orders.push(Order::begin(line));
        self.by_number.insert(key.into(), index);
        self.kept_bytes += size_of::<Order>() + ENTRY_BYTES + 2 * key.len() + line.city.len() + line.stated.store.len();
        index
    }

    /// For each order whether it is only a sum: it counts, and none of its lines names a product.
    pub(crate) fn sums(&self) -> Vec<bool> {
        let mut sums: Vec<bool> = self.orders.iter().map(|order| !order.is_test() && !order.is_aggregate()).collect();
        for line in self.lines.iter().filter(|line| line.product != NO_PRODUCT) {
            sums[line.order as usize] = false;
        }
        sums
    }

    /// Orders that were begun because another has their number in another currency.
    pub(super) fn side_orders(&self) -> impl Iterator<Item = &Order> {
        self.sides.iter().map(|(_, side)| &self.orders[*side as usize])
    }

    /// Once all lines are in: of an order in several currencies, the one with the least code keeps the number, and the others get numbers
    /// of their own. So neither the order of the rows nor the shop's currency of the day changes which order is which.
    pub(crate) fn number_sides(&mut self) {
        let mut by_first: HashMap<u32, Vec<u32>> = HashMap::new();
        for (first, side) in std::mem::take(&mut self.sides) {
            by_first.entry(first).or_insert_with(|| vec![first]).push(side);
        }
        for mut sides in by_first.into_values() {
            sides.sort_unstable_by_key(|side| self.orders[*side as usize].currency.code());
            for side in &sides[1..] {
                let order = &mut self.orders[*side as usize];
                order.external_id = side_number(&order.external_id, order.currency).into();
            }
        }
    }

    fn product_of(&mut self, line: &SalesLine<'_>) -> u32 {
        let product = self.product_named(line);
        if let Some(product) = self.products.get_mut(product as usize) {
            product.rows += 1;
        }
        product
    }

    fn product_named(&mut self, line: &SalesLine<'_>) -> u32 {
        let known = match (line.sku, line.title) {
            ("", "") => return NO_PRODUCT,
            ("", title) => self.by_title.get(&title.to_lowercase()),
            (sku, _) => self.by_sku.get(sku),
        };
        let known = known.copied().or_else(|| self.respelled(line.sku));
        let as_of = if line.amount_minor > 0 { line.occurred_at } else { line.occurred_at - UNSOLD_TITLE_MS };
        if let Some(known) = known {
            self.products[known as usize].rename(line.title, as_of);
            return known;
        }
        self.begin_product(line, as_of)
    }

    /// The product of a code that another spelling is known of; the least spelling is kept, so that the order of rows does not matter.
    fn respelled(&mut self, sku: &str) -> Option<u32> {
        let known = *self.by_code.get(&sku_code(sku)).filter(|_| !sku.is_empty())?;
        self.by_sku.insert(sku.to_owned(), known);
        self.kept_bytes += ENTRY_BYTES + sku.len();
        let kept = &mut self.products[known as usize].sku;
        let other = match kept {
            Some(kept) if sku < kept.as_str() => std::mem::replace(kept, sku.to_owned()),
            _ => sku.to_owned(),
        };
        self.respelled.push((other, known));
        Some(known)
    }

    fn begin_product(&mut self, line: &SalesLine<'_>, as_of: i64) -> u32 {
        let index = index_of(self.products.len());
        let (sku, title) = (line.sku.to_owned(), line.title.to_owned());
        self.kept_bytes += size_of::<Product>() + ENTRY_BYTES + 3 * (sku.len() + title.len());
        if sku.is_empty() {
            let key = title_key(&title);
            self.by_title.insert(title.to_lowercase(), index);
            self.products.push(Product { row_line: line.row_line, ..Product::named(key, None, title, as_of) });
        } else {
            self.by_sku.insert(sku.clone(), index);
            self.by_code.insert(sku_code(&sku), index);
            // A code stands in for a name until any row names the product.
            let (title, title_as_of) = if title.is_empty() { (sku.clone(), i64::MIN) } else { (title, as_of) };
            let product = Product::named(sku_key(&sku), Some(sku), title, title_as_of);
            self.products.push(Product { row_line: line.row_line, ..product });
        }
        index
    }

    fn customer_of(&mut self, line: &SalesLine<'_>) -> Option<u32> {
        let key = match (line.customer_email, line.customer_id) {
            ("", "") => return None,
            ("", id) => format!("id:{id}"),
            (email, _) => format!("email:{}", email.to_lowercase()),
        };
        let index = index_of(self.customers.len());
        let known = *self.by_customer.entry(key).or_insert(index);
        if known == index {
            let texts = line.customer_id.len() + 2 * line.customer_email.len() + line.customer_name.len();
            self.kept_bytes += size_of::<Customer>() + ENTRY_BYTES + texts;
            let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            self.customers.push(Customer {
                external_id: text(line.customer_id),
                email: text(line.customer_email).map(|email| email.to_lowercase()),
                name: text(line.customer_name),
                country: line.country,
            });
        }
        Some(known)
    }
}

impl Customer {
    /// What a customer is known by: an address everywhere, a number within its source.
    pub(crate) fn key(&self, source_id: i32) -> String {
        match (&self.email, &self.external_id) {
            (Some(email), _) => format!("email:{email}"),
            (None, id) => format!("id:{source_id}:{}", id.as_deref().unwrap_or_default()),
        }
    }
}

/// The number of an order's part in a second currency; no number in a file holds the separator.
fn side_number(number: &str, currency: Currency) -> String {
    format!("{number}{NUMBER_SEPARATOR}{currency}")
}

fn too_much(line: &SalesLine<'_>) -> Refused {
    let number = line.order_number;
    Refused(format!("the rows of order “{number}” add up to more than can be counted; check which columns are mapped as order number and amount"))
}

fn index_of(length: usize) -> u32 {
    u32::try_from(length).expect("a partition holds far fewer than four thousand million rows")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(order_number: &str, currency: &str, amount_minor: i64) -> SalesLine<'static> {
        SalesLine {
            row_line: 0,
            order_number: order_number.to_owned().leak(),
            occurred_at: 0,
            day: Day(0),
            hour: 0,
            sku: "A",
            title: "Tea",
            quantity_milli: 1_000,
            unit_price_minor: None,
            amount_minor,
            discount_minor: None,
            currency: currency.parse().expect("a currency"),
            country: None,
            city: "",
            customer_id: "",
            customer_email: "",
            customer_name: "",
            stated_total_minor: None,
            stated: Stated::default(),
        }
    }

    #[test]
    fn sums_beyond_counting_are_refused_and_never_cut() {
        let mut book = OrderBook::default();
        book.add(&line("1", "GBP", i64::MAX)).expect("it fits");
        let refused = book.add(&line("1", "GBP", 1)).expect_err("it does not fit");
        assert!(refused.0.contains("order “1”"), "{refused:?}");
    }

    #[test]
    fn which_currency_keeps_an_order_number_does_not_depend_on_the_order_of_rows() {
        let rows = [line("7", "USD", 1), line("7", "GBP", 2), line("8", "USD", 4), line("7", "JPY", 8), line("7", "USD", 16)];
        let named = |rows: &mut dyn Iterator<Item = &SalesLine<'_>>| {
            let mut book = OrderBook::default();
            rows.for_each(|row| book.add(row).expect("it fits"));
            book.number_sides();
            let mut named: Vec<_> = book.orders.iter().map(|order| (order.external_id.to_string(), order.net_minor)).collect();
            named.sort_unstable();
            named
        };
        let expected = [("7", 2), ("7\u{1f}JPY", 8), ("7\u{1f}USD", 17), ("8", 4)].map(|(number, net)| (number.to_owned(), net));
        assert_eq!(named(&mut rows.iter()), expected);
        assert_eq!(named(&mut rows.iter().rev()), expected);
    }

    #[test]
    fn a_book_tells_its_memory_by_its_texts_too() {
        let mut book = OrderBook::default();
        let long = "x".repeat(1_000);
        for number in ["1", "2"] {
            book.add(&SalesLine { title: &long, sku: number, customer_email: &long, ..line(number, "GBP", 1) }).expect("it fits");
        }
        assert!((7_000..16_000).contains(&book.bytes()), "{}", book.bytes());
    }
}
