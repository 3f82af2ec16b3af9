//! A discount that is stated for a whole order: how much of it is not off the lines yet, and each line's part of it. Pure.

use super::order::Order;
use super::order_book::Line;
use std::cmp::Reverse;

/// What becomes of a whole order's discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WholeDiscount {
    /// So much is to be taken off the lines.
    TakeOff(i64),
    /// So much is off their amounts already, and no line says so.
    IsOff(i64),
    /// It is off the shipping: sales have no part in it.
    OfShipping,
}

/// Decides by the total that the order states, else by the prices of its pieces; where neither tells, what the lines do not have off yet is
/// taken off.
pub(super) fn decide(order: &Order, discount_minor: i64, lines: &[Line]) -> WholeDiscount {
    let discount = discount_minor.max(0);
    let of_lines: i64 = lines.iter().filter_map(|line| line.discount_minor).sum();
    let rest = discount.saturating_sub(of_lines).max(0);
    let by_price = off_by_price(lines);
    let is_near = |by_price: i64| by_price.abs_diff(rest) <= tolerance(lines) && by_price.abs_diff(rest) < by_price.unsigned_abs();
    let is_off = rest > 0 && by_price.is_some_and(is_near);
    if by_price.is_none() && rest > 0 && order.stated_total_minor == Some(order.net_minor) {
        // Lists of orders without their lines: an amount is what was paid, with shipping and tax in it.
        return WholeDiscount::IsOff(rest);
    }
    match told_by_total(order, [rest, discount, 0], lines) {
        None if is_off => WholeDiscount::IsOff(rest),
        None => WholeDiscount::TakeOff(rest),
        Some(0) if rest == 0 => WholeDiscount::TakeOff(0),
        // Amounts without prices may well be those after the discount.
        Some(0) if is_off || by_price.is_none() => WholeDiscount::IsOff(rest),
        Some(0) => WholeDiscount::OfShipping,
        Some(off) => WholeDiscount::TakeOff(off),
    }
}

/// Each line's amount may be rounded by itself.
fn tolerance(lines: &[Line]) -> u64 {
    lines.len() as u64
}

/// Which of these, taken off the lines, makes the total that the order states; shipping is in it, tax in it or in the prices. `None` where no
/// total is stated, or none of them makes it. Of those that make it equally well the first.
fn told_by_total(order: &Order, choices: [i64; 3], lines: &[Line]) -> Option<i64> {
    let total = order.stated_total_minor?;
    let amounts = order.stated.as_ref().map(|stated| stated.amounts).unwrap_or_default();
    let shipping = amounts.shipping.unwrap_or(0);
    let away = |off: i64| {
        let made = order.net_minor.saturating_sub(off).saturating_add(shipping);
        made.abs_diff(total).min(made.saturating_add(amounts.tax.unwrap_or(0)).abs_diff(total))
    };
    choices.into_iter().min_by_key(|off| away(*off)).filter(|off| away(*off) <= tolerance(lines))
}

/// How much less the sales come to than pieces times price, besides the lines' own discounts; `None` where a sale has no price.
fn off_by_price(lines: &[Line]) -> Option<i64> {
    let sales = lines.iter().filter(|line| line.gross_minor() > 0 || line.quantity_milli > 0);
    sales.map(price_above).try_fold(0_i64, |sum, above| Some(sum.saturating_add(above?)))
}

fn price_above(line: &Line) -> Option<i64> {
    let exact = i128::from(line.quantity_milli) * i128::from(line.unit_price_minor?);
    let priced = i64::try_from((exact.abs() + 500) / 1_000 * exact.signum()).ok()?;
    Some(priced.saturating_sub(line.gross_minor()))
}

/// Puts the discount on the lines; `products` are each line's product by its key, and whether it is one that is sold.
pub(super) fn put_on(lines: &mut [Line], discount: WholeDiscount, products: &[(&str, bool)]) {
    let ranks: Vec<_> = lines
        .iter()
        .zip(products)
        .map(|(line, (key, _))| (*key, line.quantity_milli, line.unit_price_minor, line.amount_minor, line.discount_minor))
        .collect();
    let parts: Vec<i64> = match discount {
        WholeDiscount::OfShipping => return,
        WholeDiscount::TakeOff(off) => {
            let weights = |wanted: bool| -> Vec<i64> {
                let weight = |(line, (_, is_product)): (&Line, &(&str, bool))| if *is_product == wanted { line.amount_minor.max(0) } else { 0 };
                lines.iter().zip(products).map(weight).collect()
            };
            let (of_products, others) = (weights(true), weights(false));
            // Postage and fees only lose what products do not have.
            let off_products = off.min(sum(&of_products));
            let off_others = (off - off_products).min(sum(&others));
            let (one, other) = (parts(off_products, &of_products, &ranks), parts(off_others, &others, &ranks));
            one.into_iter().zip(other).map(|(one, other)| one + other).collect()
        }
        WholeDiscount::IsOff(off) => {
            let by_price: Vec<i64> = lines.iter().map(|line| price_above(line).unwrap_or(0).max(0)).collect();
            let by_amount: Vec<i64> = lines.iter().map(|line| line.amount_minor.max(0)).collect();
            let is_told = sum(&by_price).abs_diff(off) <= tolerance(lines) && sum(&by_price) > 0;
            parts(off, if is_told { &by_price } else { &by_amount }, &ranks)
        }
    };
    for (line, part) in lines.iter_mut().zip(parts) {
        if line.gross_minor() > 0 || part > 0 {
            if matches!(discount, WholeDiscount::TakeOff(_)) {
                line.amount_minor -= part;
            }
            line.discount_minor = Some(line.discount_minor.unwrap_or(0).saturating_add(part));
        }
    }
}

fn sum(weights: &[i64]) -> i64 {
    weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight))
}

/// An amount in parts that are in proportion to weights and add up to it: rounded down, and what is left goes to the largest remainders. `ranks`
/// decide between equal ones, so that the order of the lines does not matter.
fn parts<R: Ord>(amount: i64, weights: &[i64], ranks: &[R]) -> Vec<i64> {
    let whole: i128 = weights.iter().copied().map(i128::from).sum();
    if whole == 0 {
        return vec![0; weights.len()];
    }
    let exact = |place: usize| i128::from(amount) * i128::from(weights[place]);
    let mut parts: Vec<i64> = (0..weights.len()).map(|place| (exact(place) / whole) as i64).collect();
    let mut places: Vec<usize> = (0..weights.len()).collect();
    places.sort_by_key(|&place| (Reverse(exact(place) % whole), Reverse(weights[place]), &ranks[place]));
    let left = amount - parts.iter().sum::<i64>();
    places.into_iter().take(usize::try_from(left).unwrap_or(0)).for_each(|place| parts[place] += 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_remainders_take_what_is_left_whatever_the_order_of_lines() {
        // 4.00 over 20.00 and 14.00: 2.3529 and 1.6471.
        assert_eq!(parts(400, &[2_000, 1_400], &["a", "b"]), [235, 165]);
        // A cent over three equal lines goes to the least key, wherever it stands.
        assert_eq!(parts(100, &[500, 500, 500], &["b", "c", "a"]), [33, 33, 34]);
        assert_eq!(parts(100, &[500, 500, 500], &["a", "b", "c"]), [34, 33, 33]);
        assert_eq!(parts(7, &[0, 0], &["a", "b"]), [0, 0]);
    }

    #[test]
    fn parts_add_up_and_none_is_more_than_its_weight() {
        for seed in 1..2_000_i64 {
            let weights: Vec<i64> = (1..=1 + seed % 9).map(|place| seed * 7_919 * place % 10_007).collect();
            let (amount, ranks): (i64, Vec<usize>) = (weights.iter().sum::<i64>() * (seed % 101) / 100, (0..weights.len()).collect());
            let parts = parts(amount, &weights, &ranks);
            assert_eq!(parts.iter().sum::<i64>(), amount, "{weights:?}");
            assert!(parts.iter().zip(&weights).all(|(part, weight)| (0..=*weight).contains(part)), "{weights:?} {parts:?}");
        }
    }
}
