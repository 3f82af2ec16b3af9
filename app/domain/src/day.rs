//! A calendar day without a time zone, as facts carry it: the merchant's local day.

use crate::error::AppError;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Days since 1970-01-01 in the proleptic Gregorian calendar; printed and parsed as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Date, example = "2011-11-30"))]
#[serde(try_from = "String", into = "String")]
pub struct Day(pub i32);

/// Year, month (1 to 12) and day of the month (1 to 31).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Gregorian year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl Day {
    /// The day of a civil date, or `None` where the calendar has no such day (30 February).
    pub fn from_civil(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) || !(-9999..=9999).contains(&year) {
            return None;
        }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
        let (month, day) = (month as i32, day as i32);
        let shifted_year = if month <= 2 { year - 1 } else { year };
        let era = shifted_year.div_euclid(400);
        let year_of_era = shifted_year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// The civil date (Hinnant's `civil_from_days`).
    pub fn civil(self) -> Civil {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Civil { year, month: month as u32, day: day as u32 }
    }

    /// The day `count` days later (earlier when negative).
    pub fn plus_days(self, count: i32) -> Self {
        Self(self.0.saturating_add(count))
    }

    /// The same day of the month `count` months later, cut to that month's last day.
    pub fn plus_months(self, count: i32) -> Self {
        let Civil { year, month, day } = self.civil();
        let months = year * 12 + month as i32 - 1 + count;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u32 + 1);
        Self::from_civil(year, month, day.min(days_in_month(year, month))).unwrap_or(self)
    }

    /// The ISO weekday: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> u32 {
        (self.0 + 3).rem_euclid(7) as u32 + 1
    }

    /// The first day of this day's week, where weeks start on ISO weekday `first` (1 is Monday).
    pub fn week_start(self, first: u32) -> Self {
        let back = (self.weekday() + 7 - first) % 7;
        self.plus_days(-(back as i32))
    }

    /// The first day of this day's month.
    pub fn month_start(self) -> Self {
        let Civil { day, .. } = self.civil();
        self.plus_days(1 - day as i32)
    }

    /// The first day of this day's quarter.
    pub fn quarter_start(self) -> Self {
        let start = self.month_start();
        start.plus_months(-(((start.civil().month - 1) % 3) as i32))
    }

    /// The first day of this day's year.
    pub fn year_start(self) -> Self {
        Self::from_civil(self.civil().year, 1, 1).unwrap_or(self)
    }
}

/// How many days a month has.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil { year, month, day } = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let (year, rest) = text.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            let digits = |part: &str, length: usize| {
                (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then_some(()).and_then(|()| part.parse::<u32>().ok())
            };
            Self::from_civil(digits(year, 4)? as i32, digits(month, 2)?, digits(day, 2)?)
        };
        parse().ok_or_else(|| AppError::invalid("day", format!("“{text}” is not a day such as 2011-11-30")))
    }
}

impl TryFrom<String> for Day {
    type Error = AppError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_known_numbers() {
        for (text, number, weekday) in [("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("2011-12-09", 15_317, 5), ("1969-12-31", -1, 3)] {
            let day: Day = text.parse().expect("a day");
            assert_eq!((day.0, day.weekday(), day.to_string()), (number, weekday, text.to_owned()));
        }
    }

    #[test]
    fn days_that_the_calendar_lacks_are_refused() {
        for text in ["2011-02-29", "2011-13-01", "2011-1-1", "11-01-01", "", "2011-01-01T00", "+011-01-01"] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn months_are_cut_to_their_last_day() {
        let day: Day = "2012-01-31".parse().expect("a day");
        assert_eq!(day.plus_months(1).to_string(), "2012-02-29");
        assert_eq!(day.plus_months(-11).to_string(), "2011-02-28");
        assert_eq!(day.quarter_start().to_string(), "2012-01-01");
    }

    proptest! {
        #[test]
        fn civil_and_number_are_inverse(number in -700_000..2_000_000_i32) {
            let Civil { year, month, day } = Day(number).civil();
            prop_assert_eq!(Day::from_civil(year, month, day), Some(Day(number)));
        }
    }
}
