//! Rows that are equal to an earlier row in everything that is read.

use super::super::line_reader::ParsedLine;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::Xxh3Default;

/// Beyond so many different rows no more are remembered: sixteen megabytes.
const MOST: usize = 1 << 20;
/// How many lines a finding names.
pub(super) const LINES: usize = 20;

/// The hash is the key: it needs no other.
#[derive(Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Counts rows that stood there before.
#[derive(Default)]
pub(super) struct Repeats {
    seen: HashSet<u64, BuildHasherDefault<Same>>,
    pub(super) count: i64,
    pub(super) lines: Vec<i64>,
    /// Rows that were compared; fewer than the file has when it is very long.
    pub(super) compared: i64,
}

impl Repeats {
    pub(super) fn see(&mut self, line: &ParsedLine<'_>) {
        if self.seen.len() >= MOST {
            return;
        }
        self.compared += 1;
        if !self.seen.insert(row_hash(line)) {
            self.count += 1;
            if self.lines.len() < LINES {
                self.lines.push(i64::try_from(line.row_line).unwrap_or(i64::MAX));
            }
        }
    }
}

fn row_hash(line: &ParsedLine<'_>) -> u64 {
    let mut hash = Xxh3Default::new();
    let mut text = |text: Option<&str>| {
        hash.update(text.unwrap_or_default().as_bytes());
        hash.update(&[0xff]);
    };
    text(Some(&line.order_number));
    text(line.sku.as_deref());
    text(line.title.as_deref());
    text(line.city.as_deref());
    text(line.customer_id.as_deref());
    text(line.customer_email.as_deref());
    text(line.customer_name.as_deref());
    text(line.country.as_ref().and_then(|country| std::str::from_utf8(country).ok()));
    text(Some(line.currency.code()));
    let price = line.unit_price_minor.unwrap_or(i64::MIN);
    for number in [line.occurred_at_ms, line.quantity_milli, price, line.amount_minor] {
        hash.update(&number.to_le_bytes());
    }
    hash.digest()
}
