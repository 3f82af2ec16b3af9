//! Numbers of orders that files do not number: what a store sold of a product in a period, and refunds that only name their order.

use domain::{Currency, Day};
use engine::ingestion::NUMBER_SEPARATOR;

/// Parts a number's parts.
const DOT: &str = " · ";
const REFUND: &str = " · refund";
/// Stands before the number of an order in some exports and not in others.
const MARK: char = '#';

/// What a store sold of a product in the period that begins on a day. Files of two brands tell of the same stores and weeks.
pub(crate) fn sell_out_number(store: &str, day: Day, product: &str) -> String {
    [store, &day.to_string(), product].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(DOT)
}

/// A refund without a number of its own: an order may have several.
pub(crate) fn refund_of_order(order: &str, day: Day, amount_minor: i64, currency: Currency) -> String {
    let (unit, digits) = (currency.minor_per_major().unsigned_abs(), usize::from(currency.minor_digits()));
    let (whole, part) = (amount_minor.unsigned_abs() / unit, amount_minor.unsigned_abs() % unit);
    let amount = if digits == 0 { whole.to_string() } else { format!("{whole}.{part:0digits$}") };
    format!("{order}{REFUND}{DOT}{day}{DOT}{amount} {currency}")
}

/// The number by which an order and its refunds find each other: as the file writes it, without what tells its part in a second currency apart, and
/// without the mark that some exports put before it.
pub(crate) fn plain_number(number: &str) -> &str {
    let number = number.split(NUMBER_SEPARATOR).next().unwrap_or(number).trim();
    number.strip_prefix(MARK).unwrap_or(number)
}

/// Under which numbers the book may have the order of a plain number and a currency.
pub(crate) fn numbers_of(plain: &str, currency: &str) -> [String; 4] {
    let side = format!("{plain}{NUMBER_SEPARATOR}{currency}");
    [format!("{MARK}{plain}"), format!("{MARK}{side}"), side, plain.to_owned()]
}

/// Under which an earlier version kept what has such a number: all of a store's period, all refunds of an order.
pub(crate) fn former_number(number: &str, day: Day, is_aggregate: bool) -> Option<&str> {
    if is_aggregate {
        let day = format!("{day}{DOT}");
        return number.find(&day).map(|place| &number[..place + day.len() - DOT.len()]);
    }
    let place = number.rfind(&format!("{REFUND}{DOT}"))?;
    Some(&number[..place + REFUND.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_number_holds_the_one_it_had_before() {
        let (day, pounds, yen) = (Day(20_458), "GBP".parse().expect("a currency"), "JPY".parse().expect("a currency"));
        let number = sell_out_number("Leeds · North", day, "T1 · large");
        assert_eq!(number, "Leeds · North · 2026-01-05 · T1 · large");
        assert_eq!(former_number(&number, day, true), Some("Leeds · North · 2026-01-05"));
        assert_eq!(former_number(&sell_out_number("", day, "T1"), day, true), Some("2026-01-05"));
        assert_eq!((sell_out_number("Leeds", day, "").as_str(), former_number("Leeds · 2026-01-05", day, true)), ("Leeds · 2026-01-05", None));
        let number = refund_of_order("1001", day, -205, pounds);
        assert_eq!((number.as_str(), former_number(&number, day, false)), ("1001 · refund · 2026-01-05 · 2.05 GBP", Some("1001 · refund")));
        assert_eq!(refund_of_order("1001", day, -205, yen), "1001 · refund · 2026-01-05 · 205 JPY");
        assert_eq!(["#1001", " 1001 ", "1001\u{1f}USD", "#1001\u{1f}USD"].map(plain_number), ["1001"; 4]);
        assert!(numbers_of("1001", "USD").iter().all(|number| plain_number(number) == "1001"));
        assert_eq!((former_number("1001", day, false), former_number("1001 · refund", day, false)), (None, None));
    }
}
