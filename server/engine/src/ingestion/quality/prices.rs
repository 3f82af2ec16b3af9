//! Prices far from what their product usually costs, and prices of nothing or less.

use super::super::line_reader::ParsedLine;
use super::repeats::{LINES, Same};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// A price so many times its product's usual one, or so small a part of it, is probably a slip of the comma.
const FACTOR: f64 = 100.0;
/// What sums of logarithms lose.
const ROUNDING: f64 = 1e-6;
/// A product sold less often has no usual price.
const ENOUGH: u32 = 5;
/// Beyond so many products no more are watched.
const MOST: usize = 100_000;

/// What one product costs, as far as seen.
struct Usual {
    count: u32,
    /// Sum of natural logarithms: its mean is the logarithm of the geometric mean, which one slip hardly moves.
    logarithms: f64,
    highest: (i64, u64),
    lowest: (i64, u64),
}

/// Watches prices of one piece by product.
#[derive(Default)]
pub(super) struct Prices {
    usual: HashMap<u64, Usual, BuildHasherDefault<Same>>,
    pub(super) free: Noted,
    pub(super) negative: Noted,
}

/// Rows that were noted: how many, and the first lines of them.
#[derive(Default)]
pub(super) struct Noted {
    pub(super) count: i64,
    pub(super) lines: Vec<i64>,
}

impl Noted {
    pub(super) fn note(&mut self, line: u64) {
        self.count += 1;
        if self.lines.len() < LINES {
            self.lines.push(i64::try_from(line).unwrap_or(i64::MAX));
        }
    }
}

impl Prices {
    /// Sees a row whose product has this hash.
    pub(super) fn see(&mut self, product: u64, line: &ParsedLine<'_>) {
        let price = match line.unit_price_minor {
            Some(0) => return self.free.note(line.row_line),
            Some(..0) => return self.negative.note(line.row_line),
            Some(price) => price,
            // Where the file states no price, the amount tells it.
            None => match price_of(line) {
                Some(price) => price,
                None => return,
            },
        };
        if self.usual.len() >= MOST && !self.usual.contains_key(&product) {
            return;
        }
        let here = (price, line.row_line);
        let usual = self.usual.entry(product).or_insert(Usual { count: 0, logarithms: 0.0, highest: here, lowest: here });
        usual.count += 1;
        usual.logarithms += (price as f64).ln();
        if price > usual.highest.0 {
            usual.highest = here;
        }
        if price < usual.lowest.0 {
            usual.lowest = here;
        }
    }

    /// Lines whose price is a hundredfold or a hundredth of what the product otherwise costs, first lines first.
    pub(super) fn outliers(&self) -> Noted {
        let mut lines: Vec<u64> = self.usual.values().filter(|usual| usual.count >= ENOUGH).flat_map(Usual::outliers).collect();
        lines.sort_unstable();
        let mut noted = Noted::default();
        lines.into_iter().for_each(|line| noted.note(line));
        noted
    }
}

/// The amount of one piece; none where nothing was sold or taken back.
fn price_of(line: &ParsedLine<'_>) -> Option<i64> {
    let price = i128::from(line.amount_minor) * 1_000 / i128::from(Some(line.quantity_milli).filter(|quantity| *quantity != 0)?);
    i64::try_from(price).ok().filter(|price| *price > 0)
}

impl Usual {
    fn outliers(&self) -> impl Iterator<Item = u64> + '_ {
        [self.highest, self.lowest].into_iter().filter_map(|(price, line)| {
            let others = (self.logarithms - (price as f64).ln()) / f64::from(self.count - 1);
            ((price as f64).ln() - others).abs().ge(&(FACTOR.ln() - ROUNDING)).then_some(line)
        })
    }
}
