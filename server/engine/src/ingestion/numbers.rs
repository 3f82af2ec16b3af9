//! Numbers as sales files write them, on integers alone: `1,234.50`, `1.234,50 €`, `(12.00)`, `−3`.

/// A decimal number: `mantissa` / 10^`scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub mantissa: i64,
    pub scale: u32,
}

/// A number, and what its separators tell about the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parsed {
    pub decimal: Decimal,
    /// Whether the comma (`true`) or the point (`false`) can only be the decimal separator; `None` when it could be either.
    pub comma: Option<bool>,
}

/// Digits that always fit an `i64`. Digits of a fraction beyond them are dropped.
const DIGITS: u32 = 18;

/// A number, when decimals stand behind a comma (`comma`) or a point.
pub(super) fn parse(text: &[u8], comma: bool) -> Result<Parsed, Option<bool>> {
    if !comma && let Some(parsed) = parse_plain(text) {
        return Ok(parsed);
    }
    let Some((is_negative, body)) = std::str::from_utf8(text).ok().and_then(strip_signs) else { return Err(None) };
    let evidence = separators(&body);
    let decimal = parse_body(&body, comma).ok_or(evidence)?;
    let mantissa = if is_negative { -decimal.mantissa } else { decimal.mantissa };
    Ok(Parsed { decimal: Decimal { mantissa, ..decimal }, comma: evidence })
}

/// The usual case without any of the rest: an optional minus, digits, at most one point.
fn parse_plain(text: &[u8]) -> Option<Parsed> {
    let (is_negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.is_empty() || digits.len() > DIGITS as usize {
        return None;
    }
    let (mut mantissa, mut scale, mut has_point) = (0_i64, 0, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                scale += u32::from(has_point);
            }
            b'.' if !has_point => has_point = true,
            _ => return None,
        }
    }
    if has_point && digits.len() == 1 {
        return None;
    }
    let whole_digits = digits.len() as u32 - scale - u32::from(has_point);
    let could_be_thousands = scale == 3 && (1..=3).contains(&whole_digits) && digits[0] != b'0';
    let comma = (has_point && scale > 0 && !could_be_thousands).then_some(false);
    Some(Parsed { decimal: Decimal { mantissa: if is_negative { -mantissa } else { mantissa }, scale }, comma })
}

/// Words that stand beside an amount where no symbol does.
const UNITS: [&str; 14] = ["tl", "rs", "rs.", "kr", "kr.", "zł", "zl", "kč", "kc", "ft", "lei", "us", "a", "c"];

/// What stands beside an amount's digits: `€`, `USD`, `TL`.
pub(super) fn unit(text: &[u8]) -> Option<&str> {
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    if unsigned.first().is_none_or(u8::is_ascii_digit) && unsigned.last().is_none_or(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    let (first, last) = (text.find(|letter: char| letter.is_ascii_digit())?, text.rfind(|letter: char| letter.is_ascii_digit())?);
    const BESIDE: [char; 11] = [' ', '\u{a0}', '\u{202f}', '-', '+', '−', '(', ')', '.', ',', '\''];
    [&text[..first], &text[last + 1..]].into_iter().map(|side| side.trim_matches(BESIDE)).find(|side| !side.is_empty())
}

fn is_symbol(letter: char) -> bool {
    "$£€¥₹₺₽₩₴₸₦₫₪₱₵฿₡₲₼₾".contains(letter)
}

fn is_unit(text: &str) -> bool {
    let text: String = text.trim().chars().filter(|letter| !is_symbol(*letter)).collect();
    let text = text.trim();
    text.is_empty() || UNITS.contains(&text.to_lowercase().as_str()) || text.parse::<domain::Currency>().is_ok()
}

/// Whether the number is negative, and its digits and separators without sign, blanks, symbol and code.
fn strip_signs(text: &str) -> Option<(bool, String)> {
    let text = text.trim().trim_matches('\u{a0}');
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let mut is_negative = inner.is_some();
    let text = inner.unwrap_or(text).replace('−', "-");
    let first = text.find(|letter: char| letter.is_ascii_digit())?;
    let last = text.rfind(|letter: char| letter.is_ascii_digit())?;
    // A separator may stand before the first digit (`.50`), but not behind a word (`Rs.50`).
    let first = match text[..first].chars().next_back() {
        Some(separator @ ('.' | ',')) if !text[..first - 1].ends_with(char::is_alphabetic) => first - separator.len_utf8(),
        _ => first,
    };
    let last = if text[last + 1..].starts_with(['.', ',']) { last + 1 } else { last };
    let (before, body, after) = (&text[..first], &text[first..=last], &text[last + 1..]);
    let signs = before.matches(['-', '+']).count() + after.matches(['-', '+']).count();
    if signs > 1 || (signs == 1 && is_negative) {
        return None;
    }
    is_negative |= before.contains('-') || after.contains('-');
    let without_sign = |part: &str| part.replace(['-', '+'], "");
    if !is_unit(&without_sign(before)) || !is_unit(&without_sign(after)) {
        return None;
    }
    let is_blank = |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    if !body.contains(is_blank) {
        return Some((is_negative, body.to_owned()));
    }
    // Blanks and apostrophes part thousands: each is followed by exactly three digits.
    let mut groups = body.split(is_blank);
    groups.next();
    let is_grouped = groups.all(|group| {
        let digits = group.bytes().take_while(u8::is_ascii_digit).count();
        digits == 3
    });
    is_grouped.then(|| (is_negative, body.replace(is_blank, "")))
}

/// Which separator can only be the decimal one.
fn separators(body: &str) -> Option<bool> {
    let (points, commas) = (body.matches('.').count(), body.matches(',').count());
    if points > 0 && commas > 0 {
        return Some(body.rfind(',') > body.rfind('.'));
    }
    let (separator, is_comma) = match (points, commas) {
        (0, 0) => return None,
        (0, _) => (',', true),
        _ => ('.', false),
    };
    if points + commas > 1 {
        return Some(!is_comma);
    }
    let (whole, fraction) = body.split_once(separator)?;
    let could_be_thousands = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    (!could_be_thousands && !fraction.is_empty()).then_some(is_comma)
}

fn parse_body(body: &str, comma: bool) -> Option<Decimal> {
    let (point, thousands) = if comma { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = body.split_once(point).unwrap_or((body, ""));
    if fraction.contains(['.', ',']) || !is_grouped(whole, thousands) {
        return None;
    }
    let whole: String = whole.chars().filter(|letter| *letter != thousands).collect();
    let digits = whole.trim_start_matches('0');
    let kept = (DIGITS as usize).checked_sub(digits.len())?.min(fraction.len());
    let fraction = fraction.get(..kept)?;
    let mut mantissa = 0_i64;
    for byte in digits.bytes().chain(fraction.bytes()) {
        mantissa = mantissa * 10 + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(Decimal { mantissa, scale: kept as u32 })
}

/// Whether thousands are parted as people do: groups of three (in India of two, before the last).
fn is_grouped(whole: &str, thousands: char) -> bool {
    let groups: Vec<&str> = whole.split(thousands).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return true };
    (1..=3).contains(&first.len()) && last.len() == 3 && middle.iter().all(|group| group.len() == 3 || group.len() == 2)
}

/// `value` / 10^`scale` in units of 10^-`digits`, rounded half away from zero; `None` when it leaves `i64`.
pub(super) fn rescale(value: i128, scale: u32, digits: u32) -> Option<i64> {
    let scaled = if digits >= scale {
        value.checked_mul(10_i128.checked_pow(digits - scale)?)?
    } else {
        let divisor = 10_i128.checked_pow(scale - digits)?;
        (value.abs().checked_add(divisor / 2)?) / divisor * value.signum()
    };
    i64::try_from(scaled).ok()
}

impl Decimal {
    /// In units of 10^-`digits`.
    pub(super) fn to_units(self, digits: u32) -> Option<i64> {
        rescale(i128::from(self.mantissa), self.scale, digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::discounts::Exact;
    use proptest::prelude::*;

    fn minor(text: &str, comma: bool) -> Option<i64> {
        parse(text.as_bytes(), comma).ok()?.decimal.to_units(2)
    }

    #[test]
    fn amounts_read_in_both_worlds() {
        let point = [("2.55", 255), ("1,234.50", 123_450), ("-11062.06", -1_106_206), ("$45.00", 4_500), ("(12.00)", -1_200), ("12.00-", -1_200)];
        let more = [(".5", 50), ("7.", 700), ("1,29,900.00", 12_990_000), ("Rs.50", 5_000), ("GBP 12.5", 1_250), ("−£3", -300), ("0.005", 1)];
        for (text, expected) in point.into_iter().chain(more) {
            assert_eq!(minor(text, false), Some(expected), "{text}");
        }
        for (text, expected) in
            [("18.500,00", 1_850_000), ("1 234,50 €", 123_450), ("1'234,5", 123_450), ("-0,005", -1), ("12", 1_200), ("1.000", 100_000)]
        {
            assert_eq!(minor(text, true), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_amounts_currency_stands_beside_it() {
        for (text, expected) in [
            ("2.55", None),
            ("-2.55", None),
            ("(2.55)", None),
            ("€2.55", Some("€")),
            ("2,55 €", Some("€")),
            ("-$1,200.00", Some("$")),
            ("GBP 12.50", Some("GBP")),
            ("1.299,90 TL", Some("TL")),
            ("", None),
            ("€", None),
        ] {
            assert_eq!(unit(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".", "abc", "12abc", "1.2.3", "12,5", "1,23", "--5", "1e5", "9999999999999999999", "1 23", "(-5)", "0x10"] {
            assert_eq!(minor(text, false), None, "{text}");
        }
    }

    #[test]
    fn separators_tell_the_columns_habit() {
        for (text, expected) in [
            ("1.234,5", Some(true)),
            ("1,234.5", Some(false)),
            ("12,5", Some(true)),
            ("12.50", Some(false)),
            ("1.234", None),
            ("1,234", None),
            ("0.125", Some(false)),
            ("1.234.567", Some(true)),
            ("12", None),
        ] {
            let found = parse(text.as_bytes(), false).map_or_else(|evidence| evidence, |parsed| parsed.comma);
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn money_agrees_with_an_oracle(minor_units in -1_000_000_000_000_i64..1_000_000_000_000, quantity in -10_000_i64..10_000) {
            let sign = if minor_units < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", minor_units.abs() / 100, minor_units.abs() % 100);
            let price = parse(text.as_bytes(), false).expect("it is a number").decimal;
            prop_assert_eq!(price.to_units(2), Some(minor_units));
            let count = parse(quantity.to_string().as_bytes(), false).expect("it is a number").decimal;
            prop_assert_eq!(Exact::product(count, price).to_units(2), minor_units.checked_mul(quantity));
            let european = text.replace('.', ",");
            prop_assert_eq!(parse(european.as_bytes(), true).expect("it is a number").decimal.to_units(2), Some(minor_units));
        }

        #[test]
        fn halves_round_away_from_zero(thousandths in -1_000_000_i64..1_000_000) {
            let expected = (thousandths.abs() + 5) / 10 * thousandths.signum();
            prop_assert_eq!(Decimal { mantissa: thousandths, scale: 3 }.to_units(2), Some(expected));
        }

        #[test]
        fn any_text_is_a_number_or_not(text in "\\PC{0,24}", comma in any::<bool>()) {
            let _ = parse(text.as_bytes(), comma);
        }
    }
}
