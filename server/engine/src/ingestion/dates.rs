//! Dates and times as sales files write them.

use super::date_parts::{self, Part, Scanner, seconds};
use domain::Day;
use domain::sources::DateOrder;

/// A moment as it stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// On the shop's clock.
    Local { day: Day, second: u32 },
    /// With an offset: milliseconds since 1970-01-01 UTC.
    Instant(i64),
}

/// What one date tells about the order of day and month in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Its parts are told apart without the column: the year first, or the month by name.
    Plain,
    /// Only the day can come first.
    DayFirst,
    /// Only the month can come first.
    MonthFirst,
    /// Either could.
    Either,
    /// It is the number of a day, as spreadsheets count them.
    Serial,
}

/// Why a cell is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateProblem {
    /// It is something else.
    NotADate,
    /// The calendar has no such day.
    NoSuchDay,
    /// Nothing tells which part is the year.
    TwoDigitYear,
}

/// How the dates of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// In which order day and month stand, where only the column can tell.
    pub order: DateOrder,
    /// Whether years of two digits are read: only once the order is certain.
    pub two_digit_years: bool,
}

const DAY_SECONDS: i64 = 86_400;

/// Reads a date, with or without a time; the hint is given even where the date is refused.
pub(super) fn parse(text: &[u8], reading: Reading) -> (Result<Moment, DateProblem>, Hint) {
    if let Some(moment) = parse_plain(text) {
        return (moment, Hint::Plain);
    }
    if let Some(counted) = parse_counted(text) {
        return counted;
    }
    if let Some(day) = date_parts::day(text) {
        return (day.map(|day| Moment::Local { day, second: 0 }).ok_or(DateProblem::NoSuchDay), Hint::Plain);
    }
    let Ok(text) = std::str::from_utf8(text) else { return (Err(DateProblem::NotADate), Hint::Plain) };
    let mut scanner = Scanner::new(text);
    let Some(parts) = scanner.date_parts() else { return (Err(DateProblem::NotADate), Hint::Plain) };
    let hint = hint(&parts);
    let moment = day_of(&parts, reading).and_then(|day| {
        let (second, offset) = scanner.time().ok_or(DateProblem::NotADate)?;
        Ok(match offset {
            None => Moment::Local { day, second },
            Some(offset) => Moment::Instant((i64::from(day.0) * DAY_SECONDS + i64::from(second) - i64::from(offset)) * 1000),
        })
    });
    (moment, hint)
}

/// The usual case: `2010-12-01 08:26:00`, with `T` or a blank, the time or its seconds left out.
fn parse_plain(text: &[u8]) -> Option<Result<Moment, DateProblem>> {
    if !matches!(text.len(), 10 | 16 | 19) || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let two = |at: usize| {
        (text[at].is_ascii_digit() && text[at + 1].is_ascii_digit()).then(|| u32::from(text[at] - b'0') * 10 + u32::from(text[at + 1] - b'0'))
    };
    let (year, month, day) = (two(0)? * 100 + two(2)?, two(5)?, two(8)?);
    let second = if text.len() == 10 {
        0
    } else {
        if !matches!(text[10], b' ' | b'T') || text[13] != b':' || (text.len() == 19 && text[16] != b':') {
            return None;
        }
        let second = if text.len() == 19 { two(17)? } else { 0 };
        seconds(two(11)?, two(14)?, second)?
    };
    Some(civil(year as i32, month, day).map(|day| Moment::Local { day, second }))
}

/// 1970-01-01 as spreadsheets count days.
const SPREADSHEET_EPOCH: i64 = 25_569;

/// Days as spreadsheets count them (`44197.5`, from 1954 to 2119), and seconds or milliseconds since 1970, where a number stands for a date.
fn parse_counted(text: &[u8]) -> Option<(Result<Moment, DateProblem>, Hint)> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = &text[digits..];
    let is_number = rest.is_empty() || (rest.len() > 1 && rest[0] == b'.' && rest[1..].iter().all(u8::is_ascii_digit));
    if !is_number || !matches!(digits, 5 | 10 | 13) {
        return None;
    }
    let whole: i64 = std::str::from_utf8(&text[..digits]).ok()?.parse().ok()?;
    match digits {
        5 if (20_000..80_000).contains(&whole) => {
            let part: f64 = if rest.is_empty() { 0.0 } else { format!("0{}", std::str::from_utf8(rest).ok()?).parse().ok()? };
            // To the millisecond first: a second's last millionths are the float's, not the clock's.
            let milliseconds = (part * 86_400_000.0).round() as i64;
            let day = i32::try_from(whole - SPREADSHEET_EPOCH).ok()? + i32::from(milliseconds >= 86_400_000);
            let second = u32::try_from(milliseconds / 1_000).ok()? % 86_400;
            Some((Ok(Moment::Local { day: Day(day), second }), Hint::Serial))
        }
        10 if rest.is_empty() && (500_000_000..4_200_000_000).contains(&whole) => Some((Ok(Moment::Instant(whole * 1_000)), Hint::Plain)),
        13 if rest.is_empty() && (500_000_000_000..4_200_000_000_000).contains(&whole) => Some((Ok(Moment::Instant(whole)), Hint::Plain)),
        _ => None,
    }
}

fn civil(year: i32, month: u32, day: u32) -> Result<Day, DateProblem> {
    if !(1900..=2199).contains(&year) {
        return Err(DateProblem::NoSuchDay);
    }
    Day::from_civil(year, month, day).ok_or(DateProblem::NoSuchDay)
}

fn hint(parts: &[Part; 3]) -> Hint {
    match parts {
        [Part::Number { value: first, digits: 1..=2 }, Part::Number { value: second, .. }, Part::Number { .. }] => {
            match (*first > 12, *second > 12) {
                (true, false) => Hint::DayFirst,
                (false, true) => Hint::MonthFirst,
                _ => Hint::Either,
            }
        }
        _ => Hint::Plain,
    }
}

fn day_of(parts: &[Part; 3], reading: Reading) -> Result<Day, DateProblem> {
    let year = |value: u32, digits: usize| match digits {
        4 => Ok(value as i32),
        2 if reading.two_digit_years => Ok(if value < 70 { 2000 + value as i32 } else { 1900 + value as i32 }),
        2 => Err(DateProblem::TwoDigitYear),
        _ => Err(DateProblem::NotADate),
    };
    match *parts {
        [Part::Number { value, digits: 4 }, Part::Number { value: month, .. }, Part::Number { value: day, .. }]
        | [Part::Number { value, digits: 4 }, Part::Month(month), Part::Number { value: day, .. }] => civil(value as i32, month, day),
        [Part::Month(month), Part::Number { value: day, .. }, Part::Number { value, digits }]
        | [Part::Number { value: day, .. }, Part::Month(month), Part::Number { value, digits }] => {
            // The month's name tells the parts apart: what stands last is the year.
            let year = if digits == 2 { 2000 + value as i32 } else { year(value, digits)? };
            civil(year, month, day)
        }
        [Part::Number { value: first, digits: 1..=2 }, Part::Number { value: second, .. }, Part::Number { value: third, digits }] => {
            match reading.order {
                DateOrder::DayMonthYear => civil(year(third, digits)?, second, first),
                DateOrder::MonthDayYear => civil(year(third, digits)?, first, second),
                DateOrder::YearMonthDay if digits == 4 => civil(year(third, digits)?, second, first),
                DateOrder::YearMonthDay => civil(year(first, 2)?, second, third),
            }
        }
        _ => Err(DateProblem::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY_FIRST: Reading = Reading { order: DateOrder::DayMonthYear, two_digit_years: false };
    const MONTH_FIRST: Reading = Reading { order: DateOrder::MonthDayYear, two_digit_years: false };

    fn written(text: &str, reading: Reading) -> String {
        match parse(text.as_bytes(), reading).0 {
            Ok(Moment::Local { day, second }) => format!("{day} {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60),
            Ok(Moment::Instant(milliseconds)) => format!("{milliseconds}"),
            Err(problem) => format!("{problem:?}"),
        }
    }

    #[test]
    fn local_dates_read_in_many_spellings() {
        for text in
            ["2011-12-09 12:50:00", "2011-12-09T12:50", "2011/12/09 12:50", "9/12/2011 12:50", "09.12.2011 12:50:00.000", "9 Dec 2011 12:50 PM"]
        {
            assert_eq!(written(text, DAY_FIRST), "2011-12-09 12:50:00", "{text}");
        }
        for text in [
            "Dec 9, 2011",
            "9. Dezember 2011",
            "9 de diciembre de 2011",
            "Friday, 9th December 2011",
            "20111209",
            "2011-12-09",
            "09-Dec-11",
            "2011-W49-5",
        ] {
            assert_eq!(written(text, DAY_FIRST), "2011-12-09 00:00:00", "{text}");
        }
        assert_eq!(written("12/9/2011 1:05:09 PM", MONTH_FIRST), "2011-12-09 13:05:09");
        assert_eq!(written("12/9/2011 12:05 AM", MONTH_FIRST), "2011-12-09 00:05:00");
    }

    #[test]
    fn offsets_make_instants() {
        let expected = "1765035453000";
        for text in
            ["2025-12-06 10:37:33 -0500", "2025-12-06T15:37:33Z", "2025-12-06T16:37:33+01:00", "2025-12-06 15:37:33 UTC", "2025-12-06 07:37:33 PST"]
        {
            assert_eq!(written(text, DAY_FIRST), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_told_apart() {
        for (text, problem) in [
            ("", "NotADate"),
            ("soon", "NotADate"),
            ("2011-02-30", "NoSuchDay"),
            ("31/04/2011", "NoSuchDay"),
            ("0001-01-01", "NoSuchDay"),
            ("03/01/19", "TwoDigitYear"),
            ("2011-12-09 25:00:00", "NotADate"),
            ("2011-12-09 hello", "NotADate"),
            ("2011-W49", "NotADate"),
            ("2011-W53-1", "NoSuchDay"),
            ("12", "NotADate"),
            ("1.5", "NotADate"),
        ] {
            assert_eq!(written(text, DAY_FIRST), problem, "{text}");
        }
        assert_eq!(written("03/01/19", Reading { two_digit_years: true, ..DAY_FIRST }), "2019-01-03 00:00:00");
    }

    #[test]
    fn numbers_of_days_and_seconds_are_dates() {
        for (text, expected) in [
            ("44197", "2021-01-01 00:00:00"),
            ("44197.5", "2021-01-01 12:00:00"),
            ("40513.3513888889", "2010-12-01 08:26:00"),
            ("44197.999999999", "2021-01-02 00:00:00"),
            ("1765035453", "1765035453000"),
            ("1765035453123", "1765035453123"),
        ] {
            assert_eq!(written(text, DAY_FIRST), expected, "{text}");
        }
        for text in ["12345", "85123", "536365", "44197.", "44197.5.1", "0000000001", "123456789012"] {
            assert_eq!(written(text, DAY_FIRST), "NotADate", "{text}");
        }
        assert_eq!(parse(b"44197", DAY_FIRST).1, Hint::Serial);
    }

    #[test]
    fn each_date_hints_at_its_columns_order() {
        for (text, hint) in
            [("13/12/2011", Hint::DayFirst), ("12/13/2011", Hint::MonthFirst), ("1/2/2011", Hint::Either), ("2011-12-13", Hint::Plain)]
        {
            assert_eq!(parse(text.as_bytes(), DAY_FIRST).1, hint, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_not(text in "\\PC{0,30}") {
            let _ = parse(text.as_bytes(), DAY_FIRST);
        }

        #[test]
        fn every_day_reads_back(number in -20_000..60_000_i32, second in 0..86_400_u32) {
            let day = Day(number);
            let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
            let expected = (Ok(Moment::Local { day, second }), Hint::Plain);
            prop_assert_eq!(parse(format!("{day} {time}").as_bytes(), DAY_FIRST), expected);
        }
    }
}
