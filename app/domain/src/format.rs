//! Numbers, money and days as people read them: one place, so that server and browser print the same.

use crate::range::{Calendar, DateRange, Grain};
use crate::{Day, Money};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WHOLE_MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A whole number with thousands parted: `541,909`.
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with at most three decimals: `1,234.5`.
pub fn decimal(value: f64) -> String {
    let thousandths = (value * 1000.0).round();
    if !thousandths.is_finite() || thousandths.abs() > 9e15 {
        return "–".to_owned();
    }
    let thousandths = thousandths as i64;
    let fraction = format!("{:03}", thousandths.unsigned_abs() % 1000);
    let fraction = fraction.trim_end_matches('0');
    let sign = if thousandths < 0 && thousandths > -1000 { "−" } else { "" };
    let whole = number(thousandths / 1000);
    if fraction.is_empty() { whole } else { format!("{sign}{whole}.{fraction}") }
}

/// An exact amount with its symbol: `£9,747,747.93`, `−€5.00`, `CHF 12.50`.
pub fn money(amount: Money) -> String {
    let per_major = amount.currency.minor_per_major().unsigned_abs();
    let minor = amount.minor.unsigned_abs();
    let whole = number((minor / per_major) as i64);
    let digits = usize::from(amount.currency.minor_digits());
    let fraction = if digits == 0 { String::new() } else { format!(".{:0digits$}", minor % per_major) };
    let sign = if amount.minor < 0 { "−" } else { "" };
    match amount.currency.symbol() {
        Some(symbol) => format!("{sign}{symbol}{whole}{fraction}"),
        None => format!("{sign}{}\u{a0}{whole}{fraction}", amount.currency.code()),
    }
}

/// A short amount for axes: `£12.4k`, `£9.7M`.
pub fn money_compact(amount: Money) -> String {
    let major = amount.minor as f64 / amount.currency.minor_per_major() as f64;
    let sign = if major < 0.0 { "−" } else { "" };
    let text = compact(major.abs());
    match amount.currency.symbol() {
        Some(symbol) => format!("{sign}{symbol}{text}"),
        None => format!("{sign}{}\u{a0}{text}", amount.currency.code()),
    }
}

/// A short number for axes: `950`, `12.4k`, `9.7M`.
pub fn compact(value: f64) -> String {
    let (scaled, suffix) = match value.abs() {
        v if v >= 999_950_000.0 => (value / 1e9, "B"),
        v if v >= 999_950.0 => (value / 1e6, "M"),
        v if v >= 999.5 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let text = if scaled.abs() >= 100.0 || suffix.is_empty() { format!("{scaled:.0}") } else { format!("{scaled:.1}") };
    let text = text.strip_suffix(".0").unwrap_or(&text).replace('-', "−");
    format!("{text}{suffix}")
}

/// A share or change without a sign: `12.3 %`.
pub fn percent(ratio: f64) -> String {
    let percent = ratio.abs() * 100.0;
    let text = if percent >= 1000.0 { number(percent.round() as i64) } else { format!("{percent:.1}") };
    format!("{text}\u{a0}%")
}

/// A share with its sign: `25.0 %`, `−3.1 %`.
pub fn share(ratio: f64) -> String {
    if ratio < 0.0 { format!("\u{2212}{}", percent(ratio)) } else { percent(ratio) }
}

/// A day: `9 Dec 2011`.
pub fn day(day: Day) -> String {
    let civil = day.civil();
    format!("{} {} {}", civil.day, month_name(civil.month), civil.year)
}

/// A range of days: `1 Dec 2010 – 9 Dec 2011`.
pub fn range(range: DateRange) -> String {
    if range.from == range.to {
        return day(range.from);
    }
    let (from, to) = (range.from.civil(), range.to.civil());
    let start = match (from.year == to.year, from.month == to.month) {
        (true, true) => from.day.to_string(),
        (true, false) => format!("{} {}", from.day, month_name(from.month)),
        _ => day(range.from),
    };
    format!("{start} – {}", day(range.to))
}

/// A month: `Dec 2011`.
pub fn month(day: Day) -> String {
    let civil = day.civil();
    format!("{} {}", month_name(civil.month), civil.year)
}

/// The label of a bucket that starts on `start`: `9 Dec`, `Dec 2011`, `Q4 2011`, `2011`, `Q3 FY2011/12`, `FY2011/12`.
pub fn bucket(start: Day, grain: Grain, calendar: Calendar) -> String {
    let civil = start.civil();
    match grain {
        Grain::Day | Grain::Week => format!("{} {}", civil.day, month_name(civil.month)),
        Grain::Month => month(start),
        Grain::Quarter => format!("Q{} {}", civil.month.div_ceil(3), civil.year),
        Grain::Year => civil.year.to_string(),
        Grain::FiscalYear => fiscal_year(start),
        Grain::FiscalQuarter => {
            let months = (civil.month + 12 - calendar.year_start) % 12;
            format!("Q{} {}", months / 3 + 1, fiscal_year(Grain::FiscalYear.start(start, calendar)))
        }
    }
}

/// The name of the fiscal year that begins on `start`: `FY2025/26`, or `FY2025` where it is a calendar year.
///
/// A fiscal year across two calendar years has no one name: some say the year in which it ends (FY26 in the United States and often in
/// Australia), others both (2025–26 in India, 2025/26 in the United Kingdom and Ireland). Both years are said here, so that nobody has to know
/// the custom: Wikipedia, "Fiscal year"; M. Rankin, "What are financial years", The Conversation, 2024 ("FY24/25 or FY25").
fn fiscal_year(start: Day) -> String {
    let civil = start.civil();
    match civil.month {
        1 => format!("FY{}", civil.year),
        _ => format!("FY{}/{:02}", civil.year, (civil.year + 1).rem_euclid(100)),
    }
}

/// A month's short English name, 1 is January.
pub fn month_name(month: u32) -> &'static str {
    MONTHS[(month.clamp(1, 12) - 1) as usize]
}

/// A month's whole English name, 1 is January.
pub fn whole_month_name(month: u32) -> &'static str {
    WHOLE_MONTHS[(month.clamp(1, 12) - 1) as usize]
}

/// A weekday's English name, 1 is Monday.
pub fn weekday_name(weekday: u32) -> &'static str {
    WEEKDAYS[(weekday.clamp(1, 7) - 1) as usize]
}

/// A size in bytes: `7.6 MB`.
pub fn bytes(count: i64) -> String {
    match count {
        ..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        _ => format!("{:.2} GB", count as f64 / 1e9),
    }
}

/// The word that agrees with a count: `is` with one, `are` with any other number.
pub fn agreeing<'a>(count: i64, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// `one file`, `2 files`: a count with its noun.
pub fn counted(count: i64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", number(count)) }
}

/// An instant (milliseconds since 1970-01-01 UTC) as `9 Dec 2011, 12:50 UTC`.
pub fn instant(milliseconds: i64) -> String {
    let seconds = milliseconds.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    format!("{}, {:02}:{:02} UTC", day(Day(i32::try_from(days).unwrap_or(0))), rest / 3600, rest % 3600 / 60)
}

/// How long ago, coarsely: `just now`, `2 min ago`, `3 h ago`, `4 days ago`.
pub fn ago(milliseconds: i64) -> String {
    match milliseconds / 1000 {
        ..60 => "just now".to_owned(),
        seconds @ 60..3_600 => format!("{} min ago", seconds / 60),
        seconds @ 3_600..86_400 => format!("{} h ago", seconds / 3_600),
        seconds => counted(seconds / 86_400, "day ago", "days ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_currency(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().expect("a currency"))
    }

    #[test]
    fn amounts_print_with_their_minor_units() {
        assert_eq!(money(in_currency(974_774_793, "GBP")), "£9,747,747.93");
        assert_eq!(money(in_currency(-5, "EUR")), "−€0.05");
        assert_eq!(money(in_currency(1_250, "CHF")), "CHF\u{a0}12.50");
        assert_eq!(money(in_currency(1_250, "JPY")), "¥1,250");
        assert_eq!(money(in_currency(1_250, "KWD")), "KWD\u{a0}1.250");
        assert_eq!(money(in_currency(i64::MIN, "GBP")), "−£92,233,720,368,547,758.08");
    }

    #[test]
    fn short_forms_never_round_to_a_thousand() {
        assert_eq!(compact(999.4), "999");
        assert_eq!(compact(999.9), "1k");
        assert_eq!(compact(12_400.0), "12.4k");
        assert_eq!(compact(999_999.0), "1M");
        assert_eq!(money_compact(in_currency(974_774_793, "GBP")), "£9.7M");
    }

    #[test]
    fn decimals_keep_at_most_three_digits() {
        assert_eq!(decimal(1234.5), "1,234.5");
        assert_eq!(decimal(-0.25), "−0.25");
        assert_eq!(decimal(3.0), "3");
        assert_eq!(decimal(f64::NAN), "–");
    }

    #[test]
    fn fiscal_years_are_named_by_both_calendar_years_that_they_touch() {
        let label = |start: &str, grain, year_start| bucket(start.parse().expect("a day"), grain, Calendar { year_start, ..Calendar::default() });
        assert_eq!(label("2025-04-01", Grain::FiscalYear, 4), "FY2025/26");
        assert_eq!(label("2099-07-01", Grain::FiscalYear, 7), "FY2099/00");
        assert_eq!(label("2025-01-01", Grain::FiscalYear, 1), "FY2025");
        let quarters = ["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"].map(|start| label(start, Grain::FiscalQuarter, 4));
        assert_eq!(quarters, ["Q1 FY2025/26", "Q2 FY2025/26", "Q3 FY2025/26", "Q4 FY2025/26"]);
        assert_eq!(label("2023-12-01", Grain::FiscalQuarter, 3), "Q4 FY2023/24");
        assert_eq!(label("2025-10-01", Grain::FiscalQuarter, 1), "Q4 FY2025");
        assert_eq!(label("2025-10-01", Grain::Quarter, 4), "Q4 2025");
    }

    #[test]
    fn ranges_leave_out_what_both_ends_share() {
        let range_of = |from: &str, to: &str| range(DateRange { from: from.parse().expect("a day"), to: to.parse().expect("a day") });
        assert_eq!(range_of("2011-12-01", "2011-12-09"), "1 – 9 Dec 2011");
        assert_eq!(range_of("2011-11-01", "2011-12-09"), "1 Nov – 9 Dec 2011");
        assert_eq!(range_of("2010-12-01", "2011-12-09"), "1 Dec 2010 – 9 Dec 2011");
    }
}
