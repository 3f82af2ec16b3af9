//! An order: the sums of its lines, and what tells whether it changed.

use super::order_book::{Line, SalesLine};
use super::stated::{Amounts, StatedOrder};
use domain::{Currency, Day};
use xxhash_rust::xxh3::xxh3_128;

/// An order with the sums of its lines.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// The line of the file on which its first row begins.
    pub(crate) row_line: u64,
    pub(crate) external_id: Box<str>,
    pub(crate) occurred_at: i64,
    pub(crate) day: Day,
    pub(crate) hour: u8,
    pub(crate) currency: Currency,
    pub(crate) country: Option<[u8; 2]>,
    pub(crate) city: Option<Box<str>>,
    pub(crate) customer: Option<u32>,
    pub(crate) stated_total_minor: Option<i64>,
    pub(crate) net_minor: i64,
    /// Before discounts, and without what was given back.
    pub(crate) gross_minor: i64,
    /// What is off its sales; `None` where the file tells nothing of it.
    pub(crate) discount_minor: Option<i64>,
    /// What became lines of their own because the order's export says that it was given back, and how many.
    pub(crate) given_back_minor: i64,
    pub(super) given_back_lines: u32,
    pub(crate) units_milli: i64,
    /// Rows of the file.
    pub(crate) line_count: u32,
    /// Absent where the file states nothing, as most do.
    pub(crate) stated: Option<Box<StatedOrder>>,
    /// The sum of the lines' hashes: the same whatever the order of the lines.
    pub(super) lines_hash: u128,
}

/// What became of the values that a row states of its whole order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// They were taken as they are, or there are none.
    Whole,
    /// An earlier row stated them already.
    Again,
    /// They are the row's own part, and were added to what earlier rows state.
    Part,
}

impl Order {
    pub(super) fn begin(line: &SalesLine<'_>) -> Self {
        Self {
            row_line: line.row_line,
            external_id: line.order_number.into(),
            occurred_at: line.occurred_at,
            day: line.day,
            hour: line.hour,
            currency: line.currency,
            country: None,
            city: None,
            customer: None,
            stated_total_minor: None,
            net_minor: 0,
            gross_minor: 0,
            discount_minor: None,
            given_back_minor: 0,
            given_back_lines: 0,
            units_milli: 0,
            line_count: 0,
            stated: None,
            lines_hash: 0,
        }
    }

    pub(super) fn is_of(&self, line: &SalesLine<'_>) -> bool {
        *self.external_id == *line.order_number && self.currency == line.currency
    }

    /// Takes a line's part in the order; `None` when the sums grow beyond what can be counted.
    pub(super) fn take(&mut self, line: &SalesLine<'_>) -> Option<Taken> {
        let taken = self.how_taken(line);
        if line.occurred_at < self.occurred_at {
            (self.occurred_at, self.day, self.hour) = (line.occurred_at, line.day, line.hour);
        }
        self.country = self.country.or(line.country);
        if self.city.is_none() && !line.city.is_empty() {
            self.city = Some(line.city.into());
        }
        // Order-level: stated once or repeated on each row, but never summed.
        self.stated_total_minor = self.stated_total_minor.or(line.stated_total_minor);
        if !line.stated.is_empty() {
            self.stated.get_or_insert_default().take(&line.stated);
        }
        self.net_minor = self.net_minor.checked_add(line.amount_minor)?;
        let off = line.off_sale();
        self.gross_minor = self.gross_minor.checked_add(line.amount_minor.max(0))?.checked_add(off.unwrap_or(0))?;
        self.discount_minor = more(self.discount_minor, off);
        self.units_milli = self.units_milli.checked_add(line.quantity_milli)?;
        self.line_count += 1;
        self.lines_hash = self.lines_hash.wrapping_add(line_hash(line));
        Some(taken)
    }

    /// Takes its sums from its lines anew, once they were settled.
    pub(super) fn sum_up(&mut self, lines: &[Line]) {
        (self.net_minor, self.gross_minor, self.discount_minor) = (0, 0, None);
        for line in lines {
            self.net_minor = self.net_minor.saturating_add(line.amount_minor);
            self.gross_minor = self.gross_minor.saturating_add(line.gross_minor());
            self.discount_minor = more(self.discount_minor, line.discount_minor);
        }
    }

    fn how_taken(&self, line: &SalesLine<'_>) -> Taken {
        let again = self.stated_total_minor.is_some() && line.stated_total_minor.is_some();
        let stated = self.stated.as_ref().filter(|_| line.stated.has_amounts());
        match stated.map(|stated| stated.amounts.has_any()) {
            Some(true) if line.stated.is_part() => Taken::Part,
            Some(true) => Taken::Again,
            _ if again => Taken::Again,
            _ => Taken::Whole,
        }
    }

    /// Where it was sold, as the file tells it.
    pub(crate) fn store(&self) -> Option<&str> {
        self.stated.as_ref()?.store.as_deref()
    }

    /// Some row of the file tells another store.
    pub(super) fn has_other_store(&self) -> bool {
        self.stated.as_ref().is_some_and(|stated| stated.has_other_store)
    }

    /// Only a test: kept, but not counted.
    pub(crate) fn is_test(&self) -> bool {
        self.stated.as_ref().is_some_and(|stated| stated.is_test)
    }

    /// A store's total over a period.
    pub(crate) fn is_aggregate(&self) -> bool {
        self.stated.as_ref().is_some_and(|stated| stated.is_aggregate)
    }

    /// Takes all that is counted away from a test, once its content is hashed; its mark stays.
    pub(crate) fn leave_out(&mut self) {
        (self.stated_total_minor, self.net_minor, self.gross_minor, self.units_milli) = (None, 0, 0, 0);
        (self.customer, self.discount_minor) = (None, None);
        if let Some(stated) = &mut self.stated {
            stated.amounts = Amounts::default();
        }
    }

    /// What its export says was given back besides its own negative lines; `None` where it tells of nothing given back.
    pub(crate) fn told_back(&self) -> Option<i64> {
        let stated = self.stated.as_ref().filter(|stated| !stated.is_test)?;
        (stated.is_cancelled || stated.has_returns || stated.amounts.refunded.is_some_and(|refunded| refunded > 0)).then_some(self.given_back_minor)
    }

    /// Of a refund, the number of its order.
    pub(crate) fn refund_of(&self) -> Option<&str> {
        self.stated.as_ref()?.refund_of.as_deref()
    }

    /// Lines that are stored: the file's, and what it says was given back.
    pub(crate) fn stored_lines(&self) -> i32 {
        i32::try_from(self.line_count + self.given_back_lines).unwrap_or(i32::MAX)
    }

    /// Some line has a positive amount before discounts.
    pub(crate) fn is_sale(&self) -> bool {
        self.gross_minor > 0
    }

    /// Sixteen bytes that are equal when nothing about the order changed, whatever the order of its lines.
    pub(crate) fn content_hash(&self, channel: i16, customer_key: &str) -> [u8; 16] {
        let mut text = Vec::with_capacity(96);
        text.extend(self.occurred_at.to_le_bytes());
        text.extend(self.currency.code().as_bytes());
        text.extend(self.country.unwrap_or_default());
        text.extend(channel.to_le_bytes());
        text.extend(self.stated_total_minor.map_or([0xff; 16], |total| i128::from(total).to_le_bytes()));
        text.extend(self.city.as_deref().unwrap_or_default().as_bytes());
        text.push(0);
        text.extend(customer_key.as_bytes());
        if let Some(stated) = &self.stated {
            text.push(0);
            stated.write_to(&mut text);
        }
        // What earlier versions of the program worked out otherwise differs from what they stored, once.
        for (mark, amount) in [(1, self.discount_minor), (3, self.told_back())] {
            if let Some(amount) = amount {
                text.push(mark);
                text.extend(amount.to_le_bytes());
            }
        }
        self.lines_hash.wrapping_add(xxh3_128(&text)).to_le_bytes()
    }
}

/// The sum of two amounts of which either may not be told.
fn more(sum: Option<i64>, off: Option<i64>) -> Option<i64> {
    off.map_or(sum, |off| Some(sum.unwrap_or(0).saturating_add(off)))
}

fn line_hash(line: &SalesLine<'_>) -> u128 {
    let hash = undiscounted_hash(line);
    let with = |off: i64| xxh3_128(&[hash.to_le_bytes().as_slice(), &off.to_le_bytes()].concat());
    let hash = line.discount_minor.map_or(hash, with);
    if line.stated.is_returned { xxh3_128(&hash.to_le_bytes()) } else { hash }
}

fn undiscounted_hash(line: &SalesLine<'_>) -> u128 {
    let mut buffer = [0_u8; 256];
    let numbers = [line.quantity_milli, line.amount_minor, line.unit_price_minor.unwrap_or(i64::MIN), line.sku.len() as i64];
    let length = 32 + line.sku.len() + line.title.len();
    let fill = |bytes: &mut [u8]| {
        for (place, number) in bytes.chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes[32..32 + line.sku.len()].copy_from_slice(line.sku.as_bytes());
        bytes[32 + line.sku.len()..].copy_from_slice(line.title.as_bytes());
    };
    if length <= buffer.len() {
        fill(&mut buffer[..length]);
        return xxh3_128(&buffer[..length]);
    }
    let mut long = vec![0; length];
    fill(&mut long);
    xxh3_128(&long)
}
