//! Prices far from what their product usually costs, and prices of nothing or less.

use super::super::line_reader::ParsedLine;
use super::earlier_prices::{EarlierPrices, PriceKey, PricedProduct};
use super::repeats::{LINES, Same};
use domain::{Currency, Money};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use xxhash_rust::xxh3::xxh3_64;

/// A price so many times its product's usual one, or so small a part of it, is probably a slip of the comma: that makes a hundredfold of a price
/// which may itself be half of the usual one.
const FACTOR: f64 = 50.0;
/// What sums of logarithms lose.
const ROUNDING: f64 = 1e-6;
/// A product sold less often has no usual price in its file.
const ENOUGH: u32 = 5;
/// Beyond so many products no more are watched.
const MOST: usize = 100_000;
/// So many rows of a product are kept: half of them the cheapest, half the dearest.
const HELD: usize = 6;

/// What one product costs in one currency, as far as seen.
struct PricesOf {
    /// Its code, or else its name.
    text: Box<str>,
    is_code: bool,
    currency: Currency,
    count: u32,
    /// Sum of the natural logarithms of all prices.
    logarithms: f64,
    /// Prices with their lines, the cheapest first: all of them while they are few, else the cheapest and the dearest.
    held: [(i64, u64); HELD],
}

/// Watches prices of one piece by product and currency.
#[derive(Default)]
pub(super) struct Prices {
    products: HashMap<PriceKey, PricesOf, BuildHasherDefault<Same>>,
    /// The currency of the row before, which is mostly that of the next, and what it adds to a product's hash.
    currency: Option<(Currency, u64)>,
    pub(super) free: Noted,
    pub(super) negative: Noted,
}

/// Rows that were noted: how many, and the first lines of them.
#[derive(Default)]
pub(super) struct Noted {
    pub(super) count: i64,
    pub(super) lines: Vec<i64>,
}

/// Prices far from the usual.
pub(super) struct Outliers {
    /// Far from what the product usually costs in the file.
    pub(super) in_file: Noted,
    /// Of those that are not, what is far from earlier uploads; a product each, in the order of the file.
    pub(super) before: Vec<FarFromBefore>,
    /// Whether there were earlier uploads, and how much they told.
    pub(super) compared: Option<Compared>,
}

/// A product whose price is far from what it usually cost in earlier uploads.
pub(super) struct FarFromBefore {
    /// Its code, or else its name.
    pub(super) product: String,
    /// On the first of its lines.
    pub(super) price: Money,
    pub(super) usual: Money,
    /// How many rows; of a product with many rows, those that are known.
    pub(super) rows: i64,
    pub(super) lines: Vec<u64>,
}

/// How far the prices of a file could be held against earlier uploads.
pub(super) struct Compared {
    /// Products with a price, once for each currency.
    pub(super) products: usize,
    /// How many of them were looked up.
    pub(super) asked: usize,
    /// And how many have a usual price.
    pub(super) known: usize,
    /// The first day that was looked at, where not all were.
    pub(super) since: Option<domain::Day>,
}

impl Noted {
    pub(super) fn note(&mut self, line: u64) {
        self.count += 1;
        if self.lines.len() < LINES {
            self.lines.push(i64::try_from(line).unwrap_or(i64::MAX));
        }
    }
}

/// The price of one piece as a row states it, or as its amount tells it where it states none, in minor units; none where nothing was sold or taken
/// back, and where the price is zero or below.
#[must_use]
pub fn piece_price(unit_price_minor: Option<i64>, amount_minor: i64, quantity_milli: i64) -> Option<i64> {
    let price = match unit_price_minor {
        Some(price) => Some(price),
        None if quantity_milli == 0 => None,
        None => i64::try_from(i128::from(amount_minor) * 1_000 / i128::from(quantity_milli)).ok(),
    };
    price.filter(|price| *price > 0)
}

impl Prices {
    /// Sees a row whose product has this hash.
    pub(super) fn see(&mut self, product: u64, line: &ParsedLine<'_>) {
        match line.unit_price_minor {
            Some(0) => return self.free.note(line.row_line),
            Some(..0) => return self.negative.note(line.row_line),
            _ => {}
        }
        let Some(price) = piece_price(line.unit_price_minor, line.amount_minor, line.quantity_milli) else { return };
        let key = PriceKey(product ^ self.salt(line.currency));
        if self.products.len() >= MOST && !self.products.contains_key(&key) {
            return;
        }
        self.products.entry(key).or_insert_with(|| PricesOf::new(line)).see(price, line.row_line);
    }

    /// Tells a product in one currency from the same in another.
    fn salt(&mut self, currency: Currency) -> u64 {
        match self.currency {
            Some((known, salt)) if known == currency => salt,
            _ => self.currency.insert((currency, xxh3_64(currency.code().as_bytes()))).1,
        }
    }

    /// Some of the products with a price, those with the fewest rows first: the file itself tells least of them.
    pub(super) fn products(&self, most: usize) -> Vec<PricedProduct<'_>> {
        let mut products: Vec<(&PriceKey, &PricesOf)> = self.products.iter().collect();
        products.sort_unstable_by_key(|(key, prices)| (prices.count, &prices.text, key.0));
        products.truncate(most);
        let told = |(key, prices): (&PriceKey, &'_ PricesOf)| (*key, prices.is_code, prices.currency);
        products.into_iter().map(|product| PricedProduct::of(told(product), &product.1.text)).collect()
    }

    /// Rows whose price is far from what the product otherwise costs in the file, or cost in earlier uploads.
    pub(super) fn outliers(&self, earlier: Option<&EarlierPrices>) -> Outliers {
        let mut lines: Vec<u64> = self.products.values().flat_map(PricesOf::far_in_file).collect();
        lines.sort_unstable();
        let mut before: Vec<FarFromBefore> = earlier.map_or_else(Vec::new, |earlier| {
            let usual = |(key, prices): (&PriceKey, &PricesOf)| prices.far_from(earlier.usual(*key)?, &lines);
            self.products.iter().filter_map(usual).collect()
        });
        before.sort_unstable_by(|one, other| (one.lines[0], &one.product).cmp(&(other.lines[0], &other.product)));
        let compared = earlier.map(|earlier| Compared {
            products: self.products.len(),
            asked: earlier.asked(),
            known: self.products.keys().filter(|key| earlier.usual(**key).is_some()).count(),
            since: earlier.since(),
        });
        let mut in_file = Noted::default();
        lines.into_iter().for_each(|line| in_file.note(line));
        Outliers { in_file, before, compared }
    }
}

impl PricesOf {
    fn new(line: &ParsedLine<'_>) -> Self {
        let text = line.sku.as_deref().or(line.title.as_deref()).unwrap_or_default();
        let (is_code, currency) = (line.sku.is_some(), line.currency);
        Self { text: text.into(), is_code, currency, count: 0, logarithms: 0.0, held: [(0, 0); HELD] }
    }

    fn see(&mut self, price: i64, line: u64) {
        let (row, held, half) = ((price, line), self.held().len(), HELD / 2);
        self.count += 1;
        self.logarithms += (price as f64).ln();
        if held < HELD {
            self.held[held] = row;
            self.held[..=held].sort_unstable();
        } else if price > self.held[half].0 {
            self.held[half] = row;
            self.held[half..].sort_unstable();
        } else if price < self.held[half - 1].0 {
            self.held[half - 1] = row;
            self.held[..half].sort_unstable();
        }
    }

    fn held(&self) -> &[(i64, u64)] {
        &self.held[..HELD.min(self.count as usize)]
    }

    /// The logarithm of what the product usually costs: of few rows the median, of many the mean of those between the cheapest and the dearest, so
    /// that no slip hides itself or another.
    fn usual(&self) -> f64 {
        let logarithm = |place: usize| (self.held[place].0 as f64).ln();
        let held = self.held().len();
        match self.count as usize - held {
            0 => (logarithm((held - 1) / 2) + logarithm(held / 2)) / 2.0,
            others => (self.logarithms - (0..held).map(logarithm).sum::<f64>()) / others as f64,
        }
    }

    fn far_in_file(&self) -> impl Iterator<Item = u64> + '_ {
        let usual = (self.count >= ENOUGH).then(|| self.usual());
        let is_far = move |price| usual.is_some_and(|usual| is_far(price, usual));
        self.held().iter().filter(move |(price, _)| is_far(*price)).map(|(_, line)| *line)
    }

    /// The rows that are far from what the product cost before, but for those on lines that are known to be far from their file's own prices.
    fn far_from(&self, usual_minor: i64, known: &[u64]) -> Option<FarFromBefore> {
        let usual = (usual_minor as f64).ln();
        let far = |(price, line): &&(i64, u64)| is_far(*price, usual) && known.binary_search(line).is_err();
        let mut rows: Vec<(u64, i64)> = self.held().iter().filter(far).map(|(price, line)| (*line, *price)).collect();
        rows.sort_unstable();
        let (_, price) = *rows.first()?;
        let (cheapest, dearest) = (self.held()[0].0, self.held()[self.held().len() - 1].0);
        // Where the cheapest and the dearest are far on the same side, so are all between them.
        let is_whole = is_far(cheapest, usual) && is_far(dearest, usual) && (cheapest > usual_minor) == (dearest > usual_minor);
        Some(FarFromBefore {
            product: self.text.to_string(),
            price: Money::new(price, self.currency),
            usual: Money::new(usual_minor, self.currency),
            rows: if is_whole { i64::from(self.count) } else { rows.len() as i64 },
            lines: rows.into_iter().map(|(line, _)| line).collect(),
        })
    }
}

fn is_far(price: i64, usual: f64) -> bool {
    ((price as f64).ln() - usual).abs() >= FACTOR.ln() - ROUNDING
}
