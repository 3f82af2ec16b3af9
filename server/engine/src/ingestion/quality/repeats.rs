//! Rows that are equal to an earlier row in everything that is read.

use super::super::line_reader::ParsedLine;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::xxh3_64;

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
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Counts rows that stood there before.
#[derive(Default)]
pub(super) struct Repeats {
    seen: HashSet<u64, BuildHasherDefault<Same>>,
    /// What a row is hashed from; kept for its memory.
    row: Vec<u8>,
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
        write_row(&mut self.row, line);
        if !self.seen.insert(xxh3_64(&self.row)) {
            self.count += 1;
            if self.lines.len() < LINES {
                self.lines.push(i64::try_from(line.row_line).unwrap_or(i64::MAX));
            }
        }
    }
}

fn write_row(row: &mut Vec<u8>, line: &ParsedLine<'_>) {
    row.clear();
    let price = line.unit_price_minor.unwrap_or(i64::MIN);
    for number in [line.occurred_at_ms, line.quantity_milli, price, line.amount_minor] {
        row.extend(number.to_le_bytes());
    }
    row.extend(line.currency.code().as_bytes());
    row.extend(line.country.unwrap_or_default());
    let texts = [line.sku.as_deref(), line.title.as_deref(), line.city.as_deref()];
    let people = [line.customer_id.as_deref(), line.customer_email.as_deref(), line.customer_name.as_deref()];
    for text in texts.into_iter().chain(people).chain([Some(line.order_number.as_ref())]) {
        row.extend(text.unwrap_or_default().as_bytes());
        row.push(0xff);
    }
}
