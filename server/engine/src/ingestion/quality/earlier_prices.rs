//! What the products of a file cost in earlier uploads: asked for by who reads the file, told by who knows the shop.

use domain::{Currency, Day};
use std::collections::{BTreeMap, HashMap};

/// With fewer lines there is no middle that one slip leaves alone.
const ENOUGH: i64 = 3;

/// A product in one currency, within one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PriceKey(pub(super) u64);

/// A product with a price, as the file names it.
#[derive(Clone, Copy, Debug)]
pub struct PricedProduct<'w> {
    /// What [`EarlierPrices::see`] knows it by.
    pub key: PriceKey,
    /// Its code.
    pub sku: Option<&'w str>,
    /// Its name; the code where it has one.
    pub title: &'w str,
    /// Of its prices.
    pub currency: Currency,
}

/// Prices of one piece in earlier uploads.
#[derive(Debug, Default)]
pub struct EarlierPrices {
    /// How many lines have which price, in minor units of the key's currency.
    lines: HashMap<PriceKey, BTreeMap<i64, i64>>,
    asked: usize,
    since: Option<Day>,
}

impl<'w> PricedProduct<'w> {
    pub(super) fn of((key, is_code, currency): (PriceKey, bool, Currency), text: &'w str) -> Self {
        Self { key, sku: is_code.then_some(text), title: text, currency }
    }
}

impl EarlierPrices {
    /// None yet, of so many products that are looked up; `since` is the first day that is looked at, where not all are.
    pub fn new(asked: usize, since: Option<Day>) -> Self {
        Self { lines: HashMap::new(), asked, since }
    }

    /// Some lines of a product with the same price, above zero.
    pub fn see(&mut self, product: PriceKey, price_minor: i64, lines: i64) {
        *self.lines.entry(product).or_default().entry(price_minor).or_default() += lines;
    }

    /// The median, the lower of two middle ones, in minor units; none where too few lines tell.
    pub(super) fn usual(&self, product: PriceKey) -> Option<i64> {
        let prices = self.lines.get(&product)?;
        let lines: i64 = prices.values().sum();
        let mut upto = 0;
        let middle = prices.iter().find(|(_, count)| {
            upto += **count;
            2 * upto >= lines
        });
        middle.map(|(price, _)| *price).filter(|_| lines >= ENOUGH)
    }

    pub(super) fn asked(&self) -> usize {
        self.asked
    }

    pub(super) fn since(&self) -> Option<Day> {
        self.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(lines: &[(i64, i64)]) -> Option<i64> {
        let mut prices = EarlierPrices::default();
        lines.iter().for_each(|(price, count)| prices.see(PriceKey(7), *price, *count));
        assert_eq!(prices.usual(PriceKey(8)), None, "another product");
        prices.usual(PriceKey(7))
    }

    #[test]
    fn the_usual_price_is_the_middle_one_of_all_lines() {
        assert_eq!(usual(&[(495, 1), (500, 1)]), None, "of two, either may be the slip");
        assert_eq!(usual(&[(500, 1), (49_500, 1), (495, 1)]), Some(500));
        // 100 100 | 300 300 300: the third of five.
        assert_eq!(usual(&[(300, 3), (100, 2)]), Some(300));
        // 100 100 100 | 300: of the two in the middle, the lower.
        assert_eq!(usual(&[(300, 2), (100, 1), (100, 1)]), Some(100));
    }
}
