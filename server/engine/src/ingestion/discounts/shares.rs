//! Discounts that are shares of a line, exactly.

use crate::ingestion::numbers::{Decimal, rescale};
use domain::sources::DiscountReading;

/// Seven places: programs keep small fractions no more exactly, and 0.15 also comes as 0.150000006.
const PLACES: u32 = 7;
const WHOLE: i64 = 10_000_000;
/// So many places more than money has are kept where the exact product is too long.
const GUARD_PLACES: u32 = 4;

/// A share between nothing and the whole, in ten-millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingestion) struct Share(i64);

/// An exact amount before it is rounded: `value` / 10^`scale`.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingestion) struct Exact {
    value: i128,
    scale: u32,
}

/// What a discount's cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingestion) enum TakenOff {
    Amount(Decimal),
    Share(Share),
}

/// A cell without the sign of percents, and whether it has one: `15 %`, in Turkish `%15`.
pub(in crate::ingestion) fn without_percent(cell: &[u8]) -> (&[u8], bool) {
    let bare = cell.strip_suffix(b"%").or_else(|| cell.strip_prefix(b"%"));
    let trimmed = bare.map(|bare| bare.strip_suffix("\u{a0}".as_bytes()).or(bare.strip_suffix("\u{202f}".as_bytes())).unwrap_or(bare).trim_ascii());
    trimmed.map_or((cell, false), |trimmed| (trimmed, true))
}

impl Share {
    /// The share that a number names, whichever sign it has; `None` when it is more than the whole, or none.
    pub(in crate::ingestion) fn of(number: Decimal, reading: DiscountReading) -> Option<Self> {
        let places = match reading {
            DiscountReading::Amount => return None,
            DiscountReading::Fraction => PLACES,
            DiscountReading::Percent => PLACES - 2,
        };
        let share = number.to_units(places)?.checked_abs()?;
        (share <= WHOLE).then_some(Self(share))
    }

    /// In percent, as people write it.
    pub(in crate::ingestion) fn percent(self) -> String {
        let text = format!("{}.{:05}", self.0 / 100_000, self.0 % 100_000);
        format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
    }

    /// What is left of an amount once the share is taken off, rounded once: half away from zero.
    pub(in crate::ingestion) fn rest_of(self, amount: Exact, digits: u32) -> Option<i64> {
        let rest = i128::from(WHOLE - self.0);
        if let Some(exact) = amount.value.checked_mul(rest) {
            return rescale(exact, amount.scale + PLACES, digits);
        }
        let nearly = rescale(amount.value, amount.scale, digits + GUARD_PLACES)?;
        rescale(i128::from(nearly).checked_mul(rest)?, digits + GUARD_PLACES + PLACES, digits)
    }
}

impl TakenOff {
    pub(in crate::ingestion) fn is_nothing(self) -> bool {
        matches!(self, Self::Amount(Decimal { mantissa: 0, .. }) | Self::Share(Share(0)))
    }

    /// What an amount in minor units was before this was taken off, `sign` being the line's; `None` when nothing tells, as after the whole of it.
    pub(in crate::ingestion) fn before(self, rest: i64, sign: i64, digits: u32) -> Option<i64> {
        match self {
            Self::Amount(off) => rest.checked_add(off.to_units(digits)?.checked_abs()?.checked_mul(sign)?),
            Self::Share(Share(WHOLE)) => None,
            Self::Share(Share(share)) => {
                let (whole, left) = (i128::from(rest) * i128::from(WHOLE), i128::from(WHOLE - share));
                let half = left / 2 * whole.signum();
                i64::try_from((whole + half) / left).ok()
            }
        }
    }
}

impl Exact {
    pub(in crate::ingestion) fn of(number: Decimal) -> Self {
        Self { value: i128::from(number.mantissa), scale: number.scale }
    }

    pub(in crate::ingestion) fn product(one: Decimal, other: Decimal) -> Self {
        Self { value: i128::from(one.mantissa) * i128::from(other.mantissa), scale: one.scale + other.scale }
    }

    /// An amount that is known in minor units.
    pub(in crate::ingestion) fn of_minor(minor: i64, digits: u32) -> Self {
        Self { value: i128::from(minor), scale: digits }
    }

    /// In units of 10^-`digits`, rounded half away from zero.
    pub(in crate::ingestion) fn to_units(self, digits: u32) -> Option<i64> {
        rescale(self.value, self.scale, digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::numbers::parse;
    use proptest::prelude::*;

    fn number(text: &str) -> Decimal {
        parse(text.as_bytes(), false).expect("a number").decimal
    }

    fn left(amount: &str, share: &str, reading: DiscountReading) -> Option<i64> {
        Share::of(number(share), reading)?.rest_of(Exact::of(number(amount)), 2)
    }

    #[test]
    fn a_share_is_taken_off_the_exact_amount_and_rounded_once() {
        use DiscountReading::{Amount, Fraction, Percent};
        for (amount, share, reading, expected) in [
            ("1484.00", "0.15", Fraction, Some(126_140)),
            ("1484.00", "0.150000006", Fraction, Some(126_140)),
            ("1484.00", "15", Percent, Some(126_140)),
            ("-1484.00", "0.15", Fraction, Some(-126_140)),
            ("1484.00", "-0.15", Fraction, Some(126_140)),
            // 0.333 × 9.99 = 3.32667, and 90 % of it are 2.994003; 90 % of 3.33 would be 3.00.
            ("3.32667", "0.1", Fraction, Some(299)),
            ("10", "1", Fraction, Some(0)),
            ("10", "1.01", Fraction, None),
            ("10", "100", Percent, Some(0)),
            ("10", "15", Fraction, None),
            ("10", "0.15", Amount, None),
        ] {
            assert_eq!(left(amount, share, reading), expected, "{amount} less {share}");
        }
        let long = Exact::product(number("12.3456789012345678"), number("98.7654321098765432"));
        // 1,219.3263 less 15 %.
        assert_eq!(Share::of(number("0.15"), Fraction).and_then(|share| share.rest_of(long, 2)), Some(103_643));
    }

    #[test]
    fn percents_are_written_and_read_with_their_sign() {
        assert_eq!(without_percent(b"15 %"), (b"15".as_slice(), true));
        assert_eq!(without_percent("15\u{a0}%".as_bytes()), (b"15".as_slice(), true));
        assert_eq!(without_percent(b"%7.5"), (b"7.5".as_slice(), true));
        assert_eq!(without_percent(b"0.15"), (b"0.15".as_slice(), false));
        let percent = |text| Share::of(number(text), DiscountReading::Fraction).map(Share::percent);
        assert_eq!(["0.15", "0.075", "1"].map(percent), ["15 %", "7.5 %", "100 %"].map(|text| Some(text.to_owned())));
    }

    proptest! {
        #[test]
        fn whole_percents_agree_with_an_oracle(minor in -1_000_000_000_i64..1_000_000_000, percent in 0_i64..=100) {
            let share = Share::of(Decimal { mantissa: percent, scale: 0 }, DiscountReading::Percent).expect("a share");
            let hundredths = minor * (100 - percent);
            let expected = (hundredths.abs() + 50) / 100 * hundredths.signum();
            prop_assert_eq!(share.rest_of(Exact::of_minor(minor, 2), 2), Some(expected));
        }
    }
}
