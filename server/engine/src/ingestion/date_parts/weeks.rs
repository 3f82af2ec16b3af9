//! Weeks of ISO 8601, as reports of stores and distributors name them: `2026-W02`, `2026W02`, and a day of one, `2026-W02-3`.

use domain::Day;

/// The days of a week.
const WEEK: i32 = 7;

/// The Monday of a week that is named without a day.
pub(in crate::ingestion) fn monday(text: &[u8]) -> Option<Day> {
    match parts(text)? {
        (year, week, None) => first_day(year, week),
        _ => None,
    }
}

/// The day that a week and the number of its day tell; the inner `None` where the calendar has no such week or day.
pub(in crate::ingestion) fn day(text: &[u8]) -> Option<Option<Day>> {
    let (year, week, day) = parts(text)?;
    let day = day?;
    Some(first_day(year, week).filter(|_| (1..=WEEK).contains(&day)).map(|monday| Day(monday.0 + day - 1)))
}

/// Year, week and day of the week.
fn parts(text: &[u8]) -> Option<(i32, i32, Option<i32>)> {
    let text = std::str::from_utf8(text).ok()?;
    let (year, rest) = text.split_at_checked(4)?;
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix(['W', 'w'])?;
    let (week, day) = match rest.split_once('-') {
        Some((week, day)) => (week, Some(day)),
        None => match rest.split_at_checked(2) {
            Some((week, day)) if !day.is_empty() => (week, Some(day)),
            _ => (rest, None),
        },
    };
    let day = match day {
        Some(day) => Some(number(day, 1)?),
        None => None,
    };
    Some((number(year, 4)?, number(week, 2)?, day))
}

fn number(digits: &str, most: usize) -> Option<i32> {
    let is_number = (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// The Monday of a week: the first week of a year is that of 4 January.
fn first_day(year: i32, week: i32) -> Option<Day> {
    let fourth = Day::from_civil(year, 1, 4).filter(|_| (1900..=2199).contains(&year) && (1..=53).contains(&week))?;
    let monday = Day(fourth.0 - i32::try_from(fourth.weekday()).ok()? + 1 + WEEK * (week - 1));
    // A week is of the year in which its Thursday lies; few years have a fifty-third.
    (Day(monday.0 + 3).civil().year == year).then_some(monday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_known_by_its_monday_and_a_day_of_it_by_its_number() {
        for (text, expected) in [
            ("2026-W02", "2026-01-05"),
            ("2026W02", "2026-01-05"),
            ("2026-w2", "2026-01-05"),
            ("2026-W01", "2025-12-29"),
            ("2020-W53", "2020-12-28"),
            ("2021-W01", "2021-01-04"),
        ] {
            assert_eq!(monday(text.as_bytes()).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
            assert_eq!(day(text.as_bytes()), None, "{text} is no day");
        }
        for (text, expected) in [("2026-W02-1", "2026-01-05"), ("2026W027", "2026-01-11"), ("2009-W53-7", "2010-01-03")] {
            assert_eq!(day(text.as_bytes()).flatten().map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
            assert_eq!(monday(text.as_bytes()), None, "{text} is no week");
        }
    }

    #[test]
    fn what_is_no_week_is_none() {
        for text in [
            "2026-W54",
            "2026-W00",
            "2021-W53",
            "1899-W02",
            "2026-W",
            "2026-W1x",
            "2026-W1é",
            "W02",
            "2026-02",
            "202-W02",
            "2026-W012",
            "Ä26-W02",
            "",
        ] {
            assert_eq!(monday(text.as_bytes()), None, "{text}");
        }
        for text in ["2026-W02-8", "2026-W02-0", "2021-W53-1"] {
            assert_eq!(day(text.as_bytes()), Some(None), "{text}");
        }
    }
}
