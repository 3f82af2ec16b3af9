//! Ranges of days: presets, what came before them, and how fine a time axis they bear.

pub use crate::grain::{Calendar, Grain};
use crate::{AppError, Day};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A range of days with both ends included; `from` is never after `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DateRange {
    /// First day.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
}

/// No shop's books begin before or end after these years; a range beyond them is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A century of days: more cannot be drawn, and need not be held in memory.
const MOST_BUCKETS: usize = 36_600;

/// What figures are set against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The range of the same length just before; for whole months, quarters and years the calendar's own.
    PreviousPeriod,
    /// The same days a year earlier.
    #[serde(alias = "previous_year")]
    LastYear,
}

impl Comparison {
    /// The word that questions and addresses use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PreviousPeriod => "previous_period",
            Self::LastYear => "last_year",
        }
    }

    /// The comparison of a word.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "previous_period" => Some(Self::PreviousPeriod),
            "last_year" | "previous_year" => Some(Self::LastYear),
            _ => None,
        }
    }
}

impl DateRange {
    /// A range, or an error that names the field when the ends are swapped.
    pub fn new(from: Day, to: Day) -> Result<Self, AppError> {
        if from > to {
            return Err(AppError::invalid("time.to", format!("the range ends on {to}, before it begins on {from}; swap the two days")));
        }
        for (field, day) in [("time.from", from), ("time.to", to)] {
            if !YEARS.contains(&day.civil().year) {
                return Err(AppError::invalid(field, format!("{day} is outside the years {} to {}", YEARS.start(), YEARS.end())));
            }
        }
        Ok(Self { from, to })
    }

    /// How many days, both ends included.
    pub fn days(self) -> i32 {
        self.to.0 - self.from.0 + 1
    }

    /// Whether a day lies within.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The months of a range that is made of whole calendar months.
    pub(crate) fn whole_months(self) -> Option<i32> {
        let (from, next) = (self.from.civil(), self.to.plus_days(1).civil());
        (from.day == 1 && next.day == 1).then(|| (next.year - from.year) * 12 + next.month as i32 - from.month as i32)
    }

    /// The range that a comparison means.
    pub fn compared(self, comparison: Comparison) -> Self {
        match (comparison, self.whole_months()) {
            (Comparison::PreviousPeriod, Some(months)) => Self { from: self.from.plus_months(-months), to: self.from.plus_days(-1) },
            (Comparison::PreviousPeriod, None) => Self { from: self.from.plus_days(-self.days()), to: self.from.plus_days(-1) },
            (Comparison::LastYear, Some(months)) => {
                let from = self.from.plus_months(-12);
                Self { from, to: from.plus_months(months).plus_days(-1) }
            }
            (Comparison::LastYear, None) => Self { from: self.from.plus_months(-12), to: self.to.plus_months(-12) },
        }
    }

    /// The grain a chart of this range reads best at: days to five weeks, weeks to half a year, then months.
    pub fn natural_grain(self) -> Grain {
        match self.days() {
            ..=35 => Grain::Day,
            36..=183 => Grain::Week,
            _ => Grain::Month,
        }
    }

    /// The first days of the buckets that touch this range, in order; at most a century of days.
    pub fn buckets(self, grain: Grain, calendar: Calendar) -> Vec<Day> {
        let mut starts = Vec::new();
        let mut start = grain.start(self.from, calendar);
        while start <= self.to && starts.len() < MOST_BUCKETS {
            starts.push(start);
            let next = grain.next(start);
            // At the calendar's end there is no next one.
            if next <= start {
                break;
            }
            start = next;
        }
        starts
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

/// The ranges of the picker. All are counted from an anchor: today, or the last day of the data when that is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RangePreset {
    /// The anchor day alone.
    Today,
    /// Seven days up to the anchor.
    Last7Days,
    /// Thirty days up to the anchor.
    Last30Days,
    /// Ninety days up to the anchor.
    Last90Days,
    /// From the first of the anchor's month.
    ThisMonth,
    /// The whole month before the anchor's.
    LastMonth,
    /// From the first of the anchor's quarter.
    ThisQuarter,
    /// From the first of January of the anchor's year.
    ThisYear,
    /// The whole year before the anchor's.
    LastYear,
    /// From the first day of the quarter of the shop's fiscal year that holds the anchor.
    ThisFiscalQuarter,
    /// From the first day of the fiscal year that holds the anchor.
    ThisFiscalYear,
    /// The whole fiscal year before that.
    LastFiscalYear,
    /// A year up to the anchor.
    Last12Months,
    /// Everything there is.
    All,
}

impl RangePreset {
    /// All, in the picker's order.
    pub const ALL: [Self; 14] = [
        Self::Today,
        Self::Last7Days,
        Self::Last30Days,
        Self::Last90Days,
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisQuarter,
        Self::ThisYear,
        Self::LastYear,
        Self::ThisFiscalQuarter,
        Self::ThisFiscalYear,
        Self::LastFiscalYear,
        Self::Last12Months,
        Self::All,
    ];

    /// The word in the page's address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Last7Days => "7d",
            Self::Last30Days => "30d",
            Self::Last90Days => "90d",
            Self::ThisMonth => "month",
            Self::LastMonth => "last_month",
            Self::ThisQuarter => "quarter",
            Self::ThisYear => "year",
            Self::LastYear => "last_year",
            Self::ThisFiscalQuarter => "fiscal_quarter",
            Self::ThisFiscalYear => "fiscal_year",
            Self::LastFiscalYear => "last_fiscal_year",
            Self::Last12Months => "12m",
            Self::All => "all",
        }
    }

    /// Those that a shop chooses from: without fiscal years of its own, none is named twice.
    pub fn offered(calendar: Calendar) -> impl Iterator<Item = Self> {
        let is_fiscal = |preset: &Self| matches!(preset, Self::ThisFiscalQuarter | Self::ThisFiscalYear | Self::LastFiscalYear);
        Self::ALL.into_iter().filter(move |preset| calendar.has_own_year() || !is_fiscal(preset))
    }

    /// The preset of a word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.as_str() == text)
    }

    /// The name a person picks.
    pub fn label(self) -> &'static str {
        match self {
            Self::Today => "Latest day",
            Self::Last7Days => "Last 7 days",
            Self::Last30Days => "Last 30 days",
            Self::Last90Days => "Last 90 days",
            Self::ThisMonth => "This month",
            Self::LastMonth => "Last month",
            Self::ThisQuarter => "This quarter",
            Self::ThisYear => "This year",
            Self::LastYear => "Last year",
            Self::ThisFiscalQuarter => "This fiscal quarter",
            Self::ThisFiscalYear => "This fiscal year",
            Self::LastFiscalYear => "Last fiscal year",
            Self::Last12Months => "Last 12 months",
            Self::All => "All data",
        }
    }

    /// The days it means, given the anchor, the span of the data, and how the shop counts its years.
    pub fn resolve(self, anchor: Day, data: DateRange, calendar: Calendar) -> DateRange {
        let up_to_anchor = |from: Day| DateRange { from, to: anchor };
        match self {
            Self::Today => up_to_anchor(anchor),
            Self::Last7Days => up_to_anchor(anchor.plus_days(-6)),
            Self::Last30Days => up_to_anchor(anchor.plus_days(-29)),
            Self::Last90Days => up_to_anchor(anchor.plus_days(-89)),
            Self::ThisMonth => up_to_anchor(anchor.month_start()),
            Self::LastMonth => {
                let to = anchor.month_start().plus_days(-1);
                DateRange { from: to.month_start(), to }
            }
            Self::ThisQuarter => up_to_anchor(anchor.quarter_start()),
            Self::ThisYear => up_to_anchor(anchor.year_start()),
            Self::LastYear => {
                let to = anchor.year_start().plus_days(-1);
                DateRange { from: to.year_start(), to }
            }
            Self::ThisFiscalQuarter => up_to_anchor(Grain::FiscalQuarter.start(anchor, calendar)),
            Self::ThisFiscalYear => up_to_anchor(Grain::FiscalYear.start(anchor, calendar)),
            Self::LastFiscalYear => {
                let to = Grain::FiscalYear.start(anchor, calendar).plus_days(-1);
                DateRange { from: Grain::FiscalYear.start(to, calendar), to }
            }
            Self::Last12Months => up_to_anchor(anchor.plus_months(-12).plus_days(1)),
            Self::All => data,
        }
    }
}

/// A range as the page's address spells it: a preset's word, or `2011-01-01..2011-11-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RangeChoice {
    /// A named range that moves with time.
    Preset(RangePreset),
    /// Fixed days.
    Custom(DateRange),
}

impl fmt::Display for RangeChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preset(preset) => f.write_str(preset.as_str()),
            Self::Custom(range) => range.fmt(f),
        }
    }
}

impl FromStr for RangeChoice {
    type Err = AppError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(preset) = RangePreset::parse(text) {
            return Ok(Self::Preset(preset));
        }
        let (from, to) = text
            .split_once("..")
            .ok_or_else(|| AppError::invalid("range", format!("“{text}” is not a range; use a preset such as 30d, or 2011-01-01..2011-11-30")))?;
        DateRange::new(from.parse()?, to.parse()?).map(Self::Custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> DateRange {
        match text.parse() {
            Ok(RangeChoice::Custom(range)) => range,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn whole_months_compare_with_whole_months() {
        assert_eq!(range("2011-03-01..2011-03-31").compared(Comparison::PreviousPeriod), range("2011-02-01..2011-02-28"));
        assert_eq!(range("2012-02-01..2012-02-29").compared(Comparison::LastYear), range("2011-02-01..2011-02-28"));
        assert_eq!(range("2011-01-01..2011-12-31").compared(Comparison::PreviousPeriod), range("2010-01-01..2010-12-31"));
    }

    #[test]
    fn other_ranges_compare_with_as_many_days() {
        assert_eq!(range("2011-03-05..2011-03-11").compared(Comparison::PreviousPeriod), range("2011-02-26..2011-03-04"));
    }

    #[test]
    fn presets_count_from_the_anchor() {
        let data = range("2010-12-01..2011-12-09");
        let resolve = |preset: RangePreset| preset.resolve(data.to, data, Calendar::default()).to_string();
        assert_eq!(resolve(RangePreset::Last7Days), "2011-12-03..2011-12-09");
        assert_eq!(resolve(RangePreset::LastMonth), "2011-11-01..2011-11-30");
        assert_eq!(resolve(RangePreset::Last12Months), "2010-12-10..2011-12-09");
        assert_eq!(resolve(RangePreset::LastYear), "2010-01-01..2010-12-31");
    }

    #[test]
    fn fiscal_years_are_counted_from_their_month_and_compare_with_each_other() {
        let data = range("2019-01-01..2030-12-31");
        let resolve = |preset: RangePreset, anchor: &str, year_start| {
            preset.resolve(anchor.parse().expect("a day"), data, Calendar { year_start, ..Calendar::default() }).to_string()
        };
        // The financial year of India and of the government of the United Kingdom, on its last day and on its first.
        assert_eq!(resolve(RangePreset::ThisFiscalYear, "2026-03-31", 4), "2025-04-01..2026-03-31");
        assert_eq!(resolve(RangePreset::ThisFiscalYear, "2026-04-01", 4), "2026-04-01..2026-04-01");
        assert_eq!(resolve(RangePreset::LastFiscalYear, "2026-03-31", 4), "2024-04-01..2025-03-31");
        assert_eq!(resolve(RangePreset::ThisFiscalQuarter, "2026-03-31", 4), "2026-01-01..2026-03-31");
        // From March, a year ends on the last day of February, whichever that is.
        assert_eq!(resolve(RangePreset::LastFiscalYear, "2024-03-01", 3), "2023-03-01..2024-02-29");
        assert_eq!(resolve(RangePreset::LastFiscalYear, "2024-02-29", 3), "2022-03-01..2023-02-28");
        assert_eq!(resolve(RangePreset::ThisFiscalQuarter, "2024-02-29", 3), "2023-12-01..2024-02-29");
        assert_eq!(resolve(RangePreset::LastFiscalYear, "2024-06-15", 1), resolve(RangePreset::LastYear, "2024-06-15", 1));
        assert_eq!(range("2023-03-01..2024-02-29").compared(Comparison::PreviousPeriod), range("2022-03-01..2023-02-28"));
        assert_eq!(RangePreset::offered(Calendar::default()).count(), 11);
        assert_eq!(RangePreset::offered(Calendar { year_start: 4, ..Calendar::default() }).count(), 14);
    }

    #[test]
    fn ranges_read_as_they_are_written_and_swapped_ends_are_refused() {
        for text in ["30d", "2011-01-01..2011-11-30"] {
            assert_eq!(text.parse::<RangeChoice>().map(|choice| choice.to_string()).as_deref(), Ok(text));
        }
        assert!("2011-11-30..2011-01-01".parse::<RangeChoice>().is_err());
        assert!("yesterday".parse::<RangeChoice>().is_err());
    }

    #[test]
    fn ranges_outside_of_any_shop_s_books_are_refused_and_never_endless() {
        assert!("9999-01-01..9999-12-31".parse::<RangeChoice>().is_err());
        assert!("0001-01-01..2011-12-31".parse::<RangeChoice>().is_err());
        let end_of_calendar = DateRange { from: Day::from_civil(9999, 1, 1).expect("a day"), to: Day::from_civil(9999, 12, 31).expect("a day") };
        assert_eq!(end_of_calendar.buckets(Grain::Month, Calendar::default()).len(), 12);
        assert_eq!(end_of_calendar.buckets(Grain::Year, Calendar::default()).len(), 1);
        let all = DateRange { from: Day(-700_000), to: end_of_calendar.to };
        assert_eq!(all.buckets(Grain::Day, Calendar::default()).len(), MOST_BUCKETS);
    }

    #[test]
    fn buckets_cover_the_range() {
        let starts = range("2011-11-20..2011-12-09").buckets(Grain::Week, Calendar::default());
        assert_eq!(starts.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2011-11-14", "2011-11-21", "2011-11-28", "2011-12-05"]);
    }
}
