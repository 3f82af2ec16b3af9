//! Counts of pairs become support, confidence and lift.

use super::row::{int, text};
use crate::planning::Raw;
use domain::analysis::{BasketInput, BasketOrder, BasketResult, Pair};
use std::collections::HashMap;

/// A product that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasketProduct {
    /// Its id in the shop.
    pub id: i64,
    /// In how many baskets it is.
    pub baskets: i64,
    /// In how many of them beside another product: where products are named, one of these.
    counting: i64,
    name: String,
    sku: Option<String>,
}

/// Products of the rows of [`crate::planning::compile_basket_products`].
pub fn basket_products(rows: &[Vec<Raw>]) -> Vec<BasketProduct> {
    let product = |row: &Vec<Raw>| BasketProduct {
        id: int(row, 0),
        baskets: int(row, 1),
        name: text(row, 2).unwrap_or_else(|| "a product without a name".to_owned()),
        sku: text(row, 3),
        counting: int(row, 4),
    };
    rows.iter().map(product).collect()
}

/// The products whose pairs are counted, and the least baskets of a pair, given how many baskets there are.
///
/// Where there are more products than are counted, the least rises above the baskets of the first that is left out: no pair of so many baskets can
/// hold it, so every such pair is known, and which products are counted does not depend on chance.
pub fn counted(mut products: Vec<BasketProduct>, input: &BasketInput, baskets: i64) -> (Vec<BasketProduct>, i64) {
    let by_support = (baskets * i64::from(input.min_support) + 9_999) / 10_000;
    let mut least = i64::from(input.min_orders).max(by_support).max(1);
    if let Some(left_out) = products.get(input.products as usize) {
        least = least.max(left_out.counting + 1);
    }
    products.retain(|product| product.counting >= least);
    (products, least)
}

/// How often each two of some products stand in one order. Its size is that of the products squared, however many orders there are.
#[derive(Debug)]
pub struct PairCounts {
    places: HashMap<i64, usize>,
    counts: Vec<u32>,
}

impl PairCounts {
    /// No order yet.
    pub fn new(products: &[BasketProduct]) -> Self {
        let places: HashMap<i64, usize> = products.iter().enumerate().map(|(place, product)| (product.id, place)).collect();
        Self { counts: vec![0; places.len() * places.len()], places }
    }

    /// Counts the orders of the rows of [`crate::planning::compile_baskets`]; no order may be divided between two calls.
    pub fn add(&mut self, rows: &[Vec<Raw>]) {
        let size = self.places.len();
        for order in rows.chunk_by(|a, b| int(a, 0) == int(b, 0)) {
            let places: Vec<usize> = order.iter().filter_map(|row| self.places.get(&int(row, 1)).copied()).collect();
            for (index, a) in places.iter().enumerate() {
                for b in &places[index + 1..] {
                    self.counts[a.min(b) * size + a.max(b)] += 1;
                }
            }
        }
    }

    /// The pairs in at least so many orders: two places among the products, and the orders.
    fn at_least(&self, least: i64) -> impl Iterator<Item = (usize, usize, i64)> {
        let size = self.places.len();
        let counts = self.counts.iter().enumerate().filter(move |(_, count)| i64::from(**count) >= least);
        counts.map(move |(at, count)| (at / size, at % size, i64::from(*count)))
    }
}

/// The pairs that hold to what was asked for, measured and in order; where some products are named, those with one of them.
pub fn pairs(
    counts: &PairCounts,
    (products, least): (&[BasketProduct], i64),
    baskets: i64,
    (input, named): (&BasketInput, &[String]),
) -> BasketResult {
    let mut pairs: Vec<Pair> = counts.at_least(least).map(|(a, b, orders)| pair(&products[a], &products[b], orders, baskets)).collect();
    pairs.retain(|pair| pair.orders * 100 >= pair.first_orders * i64::from(input.min_confidence));
    let is_named = |name: &String| named.is_empty() || named.contains(name);
    pairs.retain(|pair| is_named(&pair.first) || is_named(&pair.second));
    let key = |pair: &Pair| match input.order {
        BasketOrder::Orders => pair.orders as f64,
        BasketOrder::Confidence => pair.confidence,
        BasketOrder::Lift => pair.lift,
    };
    let names = |a: &Pair, b: &Pair| (&a.first, &a.second).cmp(&(&b.first, &b.second));
    pairs.sort_by(|a, b| key(b).total_cmp(&key(a)).then(b.orders.cmp(&a.orders)).then_with(|| names(a, b)));
    let found = pairs.len() as i64;
    pairs.truncate(input.pairs as usize);
    BasketResult { baskets, products: products.len() as i64, min_orders: least, found, pairs }
}

/// The rarer of the two comes first: it more surely brings the other.
fn pair(a: &BasketProduct, b: &BasketProduct, orders: i64, baskets: i64) -> Pair {
    let (first, second) = if (a.baskets, &a.name, a.id) <= (b.baskets, &b.name, b.id) { (a, b) } else { (b, a) };
    let part = |of: i64| if of > 0 { orders as f64 / of as f64 } else { 0.0 };
    Pair {
        first: first.name.clone(),
        first_sku: first.sku.clone(),
        second: second.name.clone(),
        second_sku: second.sku.clone(),
        orders,
        first_orders: first.baskets,
        second_orders: second.baskets,
        support: part(baskets),
        confidence: part(first.baskets),
        confidence_back: part(second.baskets),
        lift: part(first.baskets) * baskets as f64 / second.baskets.max(1) as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(id: i64, baskets: i64) -> BasketProduct {
        BasketProduct { id, baskets, counting: baskets, name: format!("product {id}"), sku: None }
    }

    #[test]
    fn what_is_left_out_raises_the_least_so_that_all_pairs_above_it_are_known() {
        let input = BasketInput { products: 2, ..BasketInput::default() };
        let (kept, least) = counted(vec![product(1, 9), product(2, 7), product(3, 7)], &input, 100);
        assert_eq!((kept.len(), least), (1, 8), "the second has as many baskets as the one that is left out");
        let (kept, least) = counted(vec![product(1, 9), product(2, 7)], &input, 100);
        assert_eq!((kept.len(), least), (2, 3));
        let beside = BasketProduct { counting: 2, ..product(2, 70) };
        let (kept, least) = counted(vec![product(1, 9), beside], &input, 100);
        assert_eq!((kept.len(), least), (1, 3), "how often it is bought without what was named is no matter");
        let (kept, least) = counted(vec![product(1, 9), product(2, 7)], &BasketInput { min_support: 801, ..input }, 100);
        assert_eq!((kept.len(), least), (1, 9), "a part of an order counts as a whole one");
    }

    #[test]
    fn pairs_are_counted_order_by_order() {
        let products = [product(7, 3), product(5, 3), product(6, 2)];
        let mut counts = PairCounts::new(&products);
        let row = |order, product| vec![Raw::Int(order), Raw::Int(product)];
        counts.add(&[row(1, 5), row(1, 7), row(2, 5), row(2, 6), row(2, 7), row(3, 7)]);
        counts.add(&[row(4, 5), row(4, 6), row(4, 99)]);
        assert_eq!(counts.at_least(1).collect::<Vec<_>>(), [(0, 1, 2), (0, 2, 1), (1, 2, 2)]);
        assert_eq!(counts.at_least(2).count(), 2);
    }

    #[test]
    fn a_pair_is_measured_both_ways() {
        let pair = pair(&product(1, 40), &product(2, 10), 8, 100);
        assert_eq!((pair.first.as_str(), pair.support, pair.confidence, pair.confidence_back), ("product 2", 0.08, 0.8, 0.2));
        assert!((pair.lift - 2.0).abs() < 1e-12);
        let pair = self::pair(&product(1, 100), &product(2, 10), 10, 100);
        assert_eq!((pair.confidence, pair.confidence_back), (1.0, 0.1), "ninety of a hundred are bought alone");
        assert!((pair.lift - 1.0).abs() < 1e-12, "what is in every order comes with nothing more often than by chance");
    }
}
