//! How fine a time axis is, and how a shop counts its weeks and years.

use crate::Day;
use serde::{Deserialize, Serialize};

/// How a shop counts its weeks and its fiscal years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Calendar {
    /// ISO weekday on which weeks start, 1 is Monday.
    pub week_start: u32,
    /// Month in which fiscal years begin, 1 is January.
    pub year_start: u32,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { week_start: 1, year_start: 1 }
    }
}

impl Calendar {
    /// Whether fiscal years are others than the calendar's.
    pub fn has_own_year(self) -> bool {
        self.year_start != 1
    }
}

/// How fine a time axis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Days.
    Day,
    /// Weeks, starting on the shop's first day of the week.
    Week,
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// Quarters of the shop's fiscal year.
    FiscalQuarter,
    /// Calendar years.
    Year,
    /// Years from the month in which the shop's fiscal year begins.
    FiscalYear,
}

impl Grain {
    /// All, from fine to coarse.
    pub const ALL: [Self; 7] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::FiscalQuarter, Self::Year, Self::FiscalYear];

    /// The word that questions and answers use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::FiscalQuarter => "fiscal_quarter",
            Self::Year => "year",
            Self::FiscalYear => "fiscal_year",
        }
    }

    /// The word within a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::FiscalQuarter => "fiscal quarter",
            Self::FiscalYear => "fiscal year",
            other => other.as_str(),
        }
    }

    /// The grain of a word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grain| grain.as_str() == text)
    }

    /// Whether it depends on the month in which the shop's fiscal year begins.
    pub fn is_fiscal(self) -> bool {
        matches!(self, Self::FiscalQuarter | Self::FiscalYear)
    }

    /// About how many days a bucket has.
    pub fn about_days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter | Self::FiscalQuarter => 91,
            Self::Year | Self::FiscalYear => 365,
        }
    }

    /// The first day of the bucket that holds `day`.
    pub fn start(self, day: Day, calendar: Calendar) -> Day {
        match self {
            Self::Day => day,
            Self::Week => day.week_start(calendar.week_start),
            Self::Month => day.month_start(),
            Self::Quarter => day.quarter_start(),
            Self::Year => day.year_start(),
            Self::FiscalQuarter => months_back(day, calendar.year_start, 3),
            Self::FiscalYear => months_back(day, calendar.year_start, 12),
        }
    }

    /// The first day of the bucket after the one that starts on `start`.
    pub fn next(self, start: Day) -> Day {
        match self {
            Self::Day => start.plus_days(1),
            Self::Week => start.plus_days(7),
            Self::Month => start.plus_months(1),
            Self::Quarter | Self::FiscalQuarter => start.plus_months(3),
            Self::Year | Self::FiscalYear => start.plus_months(12),
        }
    }
}

/// The first day of the span of `length` months that holds `day`, where one of the spans begins in month `first`.
fn months_back(day: Day, first: u32, length: u32) -> Day {
    let start = day.month_start();
    start.plus_months(-(((start.civil().month + 12 - first) % length) as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(grain: Grain, day: &str, year_start: u32) -> String {
        grain.start(day.parse().expect("a day"), Calendar { year_start, ..Calendar::default() }).to_string()
    }

    #[test]
    fn fiscal_years_change_on_the_first_of_their_month_leap_years_too() {
        for (day, month, year, quarter) in [
            ("2025-03-31", 4, "2024-04-01", "2025-01-01"),
            ("2025-04-01", 4, "2025-04-01", "2025-04-01"),
            ("2025-06-30", 4, "2025-04-01", "2025-04-01"),
            ("2025-07-01", 4, "2025-04-01", "2025-07-01"),
            ("2024-02-29", 3, "2023-03-01", "2023-12-01"),
            ("2024-03-01", 3, "2024-03-01", "2024-03-01"),
            ("2024-02-29", 2, "2024-02-01", "2024-02-01"),
            ("2024-01-31", 2, "2023-02-01", "2023-11-01"),
            ("2025-11-30", 12, "2024-12-01", "2025-09-01"),
            ("2025-12-31", 12, "2025-12-01", "2025-12-01"),
            ("2026-02-28", 12, "2025-12-01", "2025-12-01"),
            ("2025-12-31", 1, "2025-01-01", "2025-10-01"),
        ] {
            assert_eq!(
                (start(Grain::FiscalYear, day, month), start(Grain::FiscalQuarter, day, month)),
                (year.to_owned(), quarter.to_owned()),
                "{day}"
            );
        }
    }

    #[test]
    fn a_fiscal_year_from_january_is_the_calendars() {
        for day in ["2023-12-31", "2024-01-01", "2024-02-29", "2024-08-15"] {
            assert_eq!(start(Grain::FiscalYear, day, 1), start(Grain::Year, day, 1));
            assert_eq!(start(Grain::FiscalQuarter, day, 1), start(Grain::Quarter, day, 1));
        }
    }
}
