//! Products that stand still.

use super::row::{day, int, known, text};
use crate::planning::Raw;
use domain::Day;
use domain::analysis::{SlowMover, SlowMoversResult};

/// The counts of [`crate::planning::compile_movers_count`], which are not needed where there are products of [`crate::planning::compile_slow_movers`].
pub fn slow_movers(counts: &[Vec<Raw>], products: &[Vec<Raw>], as_of: Day) -> SlowMoversResult {
    let count = |index: usize| products.first().map_or_else(|| counts.first().map_or(0, |row| int(row, index)), |row| int(row, index + 5));
    let product = |row: &Vec<Raw>| {
        let last_sale = day(row, 2);
        SlowMover {
            product: text(row, 0).unwrap_or_else(|| "a product without a name".to_owned()),
            sku: text(row, 1),
            last_sale,
            idle_days: last_sale.map(|last| i64::from(as_of.0) - i64::from(last.0)),
            revenue_minor: int(row, 3),
            stock_milli: known(row, 4),
        }
    };
    SlowMoversResult { as_of, products: count(0), of_products: count(1), knows_stock: count(2) > 0, listed: products.iter().map(product).collect() }
}
