//! An order's own lines of what its export says was given back, once single refunds had their part. Pure.

use super::counted::{Count, told};
use crate::sources::history::Layer;
use entity::order_line;
use std::collections::BTreeMap;

/// A product, or none that is named.
type Product = Option<i64>;

/// Where they begin: the last lines of the order, as many as make up what it gave back.
pub(super) fn first_own(Layer { order, lines }: &Layer) -> usize {
    let mut left = order.given_back_minor.unwrap_or(0);
    let is_own = |line: &&order_line::Model| {
        let Count { amount_minor, quantity_milli } = told(line);
        let is_free = amount_minor == 0 && quantity_milli < 0;
        let is_own = is_free || (left > 0 && amount_minor < 0);
        left = left.saturating_add(amount_minor.min(0));
        is_own
    };
    lines.len() - lines.iter().rev().take_while(is_own).count()
}

/// Takes off them what refunds tell: `taken` of their money, and the pieces that refunds name.
pub(super) fn lessen(counts: &mut [Count], own: &[order_line::Model], refunds: &[&order_line::Model], taken: i64) {
    let back_by_product = |of: fn(Count) -> i64| {
        let mut back: BTreeMap<Product, i64> = BTreeMap::new();
        for refund in refunds {
            *back.entry(refund.product_id).or_default() += of(told(refund)).min(0).saturating_neg();
        }
        back
    };
    lessen_money(counts, own, back_by_product(|count| count.amount_minor), taken);
    lessen_pieces(counts, own, back_by_product(|count| count.quantity_milli));
}

/// Lines of products that the refunds name go first; of the others the last, which is of no product.
fn lessen_money(counts: &mut [Count], own: &[order_line::Model], mut back: BTreeMap<Product, i64>, taken: i64) {
    let (mut left, lines) = (taken, || own.iter().enumerate().rev());
    let mut lessen = |place: usize, most: i64| {
        let part = counts[place].amount_minor.saturating_neg().min(most).min(left);
        counts[place].amount_minor += part;
        left -= part;
        part
    };
    for (place, line) in lines().filter(|(_, line)| line.product_id.is_some()) {
        let of_product = back.entry(line.product_id).or_default();
        *of_product -= lessen(place, *of_product);
    }
    for (place, _) in lines() {
        lessen(place, i64::MAX);
    }
}

/// Pieces of the line's product, or of none that is named. Those that no refund tells stay, whoever tells their money.
fn lessen_pieces(counts: &mut [Count], own: &[order_line::Model], mut back: BTreeMap<Product, i64>) {
    for (count, line) in counts.iter_mut().zip(own).rev() {
        for product in [line.product_id, None] {
            let of_product = back.entry(product).or_default();
            let part = count.quantity_milli.min(0).saturating_neg().min(*of_product);
            count.quantity_milli += part;
            *of_product -= part;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Amount, thousandths of a piece, product.
    type Row = (i64, i64, Product);

    fn line((amount_minor, quantity_milli, product_id): Row) -> order_line::Model {
        order_line::Model {
            merchant_id: 1,
            day: 0,
            order_id: 1,
            line: 1,
            month: 197_001,
            hour: 0,
            source_id: 1,
            channel: 1,
            product_id,
            customer_id: None,
            currency: "TRY".to_owned(),
            country: None,
            store: None,
            quantity_milli,
            unit_price_minor: None,
            amount_minor,
            discount_minor: None,
            is_aggregate: false,
            told_minor: None,
            told_quantity_milli: None,
        }
    }

    /// What counts of an order's own lines beside refunds that have a part of their money.
    fn lessened(own: &[Row], refunds: &[Row], taken: i64) -> Vec<(i64, i64)> {
        let (own, refunds) = (own.iter().copied().map(line).collect::<Vec<_>>(), refunds.iter().copied().map(line).collect::<Vec<_>>());
        let mut counts: Vec<Count> = own.iter().map(told).collect();
        lessen(&mut counts, &own, &refunds.iter().collect::<Vec<_>>(), taken);
        counts.into_iter().map(|count| (count.amount_minor, count.quantity_milli)).collect()
    }

    const TEA: Product = Some(1);
    const POT: Product = Some(2);
    const OWN: [Row; 3] = [(-2_000, -2_000, TEA), (-1_400, -1_000, POT), (-300, 0, None)];

    #[test]
    fn lines_of_what_refunds_name_go_first_and_then_the_last() {
        assert_eq!(lessened(&OWN, &[], 0), [(-2_000, -2_000), (-1_400, -1_000), (-300, 0)]);
        assert_eq!(lessened(&OWN, &[(-2_000, -2_000, TEA)], 2_000), [(0, 0), (-1_400, -1_000), (-300, 0)]);
        assert_eq!(lessened(&OWN, &[(-1_000, -1_000, TEA)], 1_000), [(-1_000, -1_000), (-1_400, -1_000), (-300, 0)], "one of two pieces");
        // 3.00, 14.00 and another 3.00.
        assert_eq!(lessened(&OWN, &[(-2_000, 0, None)], 2_000), [(-1_700, -2_000), (0, -1_000), (0, 0)], "pieces that no refund tells stay");
        assert_eq!(
            lessened(&OWN, &[(-900, -1_000, Some(9))], 900),
            [(-2_000, -2_000), (-800, -1_000), (0, 0)],
            "pieces of another product are none of these"
        );
        assert_eq!(lessened(&OWN, &[(-9_000, -9_000, None)], 3_700), [(0, 0), (0, 0), (0, 0)], "and no more than there are");
    }
}
