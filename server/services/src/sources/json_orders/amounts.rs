//! Amounts and quantities exactly: decimal text, or whole minor units.

use domain::Currency;
use serde_json::Value;

/// More money than any line moves, in minor units.
const MOST_MINOR: i128 = 10_000_000_000_000;
/// More pieces than any line sells, in thousandths.
const MOST_MILLI: i128 = 1_000_000_000_000;
/// A decimal text is kept in millionths.
const DECIMALS: usize = 6;
const MILLION: i128 = 1_000_000;

/// An amount in millionths of a minor unit, so that a price of a fraction of a cent stays exact until it is multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact(i128);

impl Exact {
    /// Of JSON: text such as `"12.50"`, or a whole number of minor units.
    pub(super) fn of(value: &Value, currency: Currency) -> Result<Self, String> {
        let exact = match value {
            Value::String(text) => decimal(text).map(|millionths| millionths * i128::from(currency.minor_per_major())),
            Value::Number(number) => number.as_i64().map(|minor| i128::from(minor) * MILLION),
            _ => None,
        };
        let words = || format!("write the amount as decimal text such as \"12.50\", or as a whole number of minor units of {}", currency.code());
        let exact = exact.ok_or_else(words)?;
        if exact.abs() > MOST_MINOR * MILLION { Err("the amount is too large for one order".to_owned()) } else { Ok(Self(exact)) }
    }

    /// In minor units, when it has no more decimals than its currency.
    pub(super) fn minor(self, currency: Currency) -> Result<i64, String> {
        if self.0 % MILLION != 0 {
            return Err(format!("the amount has more decimals than {} has", currency.code()));
        }
        i64::try_from(self.0 / MILLION).map_err(|error| error.to_string())
    }

    /// In minor units, rounded half away from zero.
    pub(super) fn rounded(self) -> i64 {
        i64::try_from(divided(self.0, MILLION)).unwrap_or(i64::MAX)
    }

    /// That many thousandths of it, in minor units, rounded half away from zero; `None` when it is too much.
    pub(super) fn times(self, quantity_milli: i64) -> Option<i64> {
        let minor = divided(self.0.checked_mul(i128::from(quantity_milli))?, MILLION * 1_000);
        i64::try_from(minor).ok().filter(|minor| i128::from(minor.abs()) <= MOST_MINOR)
    }
}

/// Pieces in thousandths, of JSON: a whole number, or decimal text.
pub(super) fn thousandths(value: &Value) -> Result<i64, String> {
    let milli = match value {
        Value::String(text) => decimal(text).filter(|millionths| millionths % 1_000 == 0).map(|millionths| millionths / 1_000),
        Value::Number(number) => number.as_i64().map(|pieces| i128::from(pieces) * 1_000),
        _ => None,
    };
    let milli = milli.ok_or("write the quantity as a whole number, or as decimal text with at most three decimals such as \"0.250\"")?;
    if milli.abs() > MOST_MILLI {
        return Err("the quantity is too large, more than 1,000,000,000 pieces".to_owned());
    }
    i64::try_from(milli).map_err(|error| error.to_string())
}

fn divided(number: i128, by: i128) -> i128 {
    (number.abs() + by / 2) / by * number.signum()
}

/// Millionths of a plain decimal number: an optional minus, digits, at most one point with digits behind it.
fn decimal(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let is_digits = |text: &str| !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || part.is_some_and(|part| !is_digits(part) || part.len() > DECIMALS) {
        return None;
    }
    let millionths: i128 = format!("{:0<DECIMALS$}", part.unwrap_or_default()).parse().ok()?;
    Some(sign * (whole.parse::<i128>().ok()? * MILLION + millionths))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_are_exact_and_never_guessed() {
        let (pounds, yen): (Currency, Currency) = ("GBP".parse().expect("a currency"), "JPY".parse().expect("a currency"));
        let minor = |value: Value, currency| Exact::of(&value, currency).and_then(|exact| exact.minor(currency));
        assert_eq!(minor(json!("12.50"), pounds), Ok(1_250));
        assert_eq!(minor(json!("-0.5"), pounds), Ok(-50));
        assert_eq!(minor(json!(1_250), pounds), Ok(1_250));
        assert_eq!(minor(json!("1250"), yen), Ok(1_250));
        assert!(minor(json!("1250.5"), yen).is_err_and(|words| words.contains("decimals than JPY")));
        for wrong in [json!(12.5), json!("12,50"), json!("£12"), json!(""), json!("."), json!("1."), json!(null), json!([]), json!("1e3")] {
            assert!(minor(wrong.clone(), pounds).is_err(), "{wrong}");
        }
        assert!(minor(json!(i64::MAX), pounds).is_err());
        let price = Exact::of(&json!("0.125"), pounds).expect("an amount");
        assert_eq!((price.rounded(), price.times(3_000), price.times(-3_000)), (13, Some(38), Some(-38)));
        assert_eq!((thousandths(&json!("0.250")), thousandths(&json!(-2))), (Ok(250), Ok(-2_000)));
        assert!(thousandths(&json!("0.0005")).is_err() && thousandths(&json!(1.5)).is_err());
    }
}
