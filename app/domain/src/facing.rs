//! Two ranges of days that are set against each other, and which of their days meet.

use crate::Day;
use crate::range::{Calendar, Comparison, DateRange, Grain};

/// A range of days and those that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Facing {
    /// How the two were chosen.
    pub comparison: Comparison,
    /// The days in force.
    pub range: DateRange,
    /// The days that they are set against, from the first: all of them, or as many as are over.
    pub compared: DateRange,
}

impl Facing {
    /// A range and all the days that a comparison means.
    pub fn of(range: DateRange, comparison: Comparison) -> Self {
        Self { comparison, range, compared: range.compared(comparison) }
    }

    /// The day of the range that one of the compared days meets; `None` where it has none.
    ///
    /// By days and weeks, a year before is the same day of the same month, which 29 February mostly lacks, and the period before is as many days
    /// away. By months and longer, whole months meet whole months: each of their days counts.
    pub fn counterpart(self, day: Day, grain: Grain) -> Option<Day> {
        let is_long = grain >= Grain::Month;
        match (self.comparison, self.range.whole_months()) {
            (Comparison::LastYear, _) => {
                let met = day.plus_months(12);
                (is_long || met.civil().day == day.civil().day).then(|| met.clamp(self.range.from, self.range.to))
            }
            (Comparison::PreviousPeriod, Some(months)) if is_long => Some(day.plus_months(months)),
            (Comparison::PreviousPeriod, _) => Some(day.plus_days(self.range.from.0 - self.compared.from.0)),
        }
        .filter(|met| self.range.contains(*met))
    }

    /// Each compared day, with the first day of the bucket of the range that it counts in.
    pub fn buckets(self, grain: Grain, calendar: Calendar) -> impl Iterator<Item = (Day, Option<Day>)> {
        (self.compared.from.0..=self.compared.to.0).map(Day).map(move |day| (day, self.counterpart(day, grain).map(|met| grain.start(met, calendar))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::range::RangeChoice;

    fn facing(range: &str, comparison: Comparison) -> Facing {
        match range.parse() {
            Ok(RangeChoice::Custom(range)) => Facing::of(range, comparison),
            other => panic!("{other:?}"),
        }
    }

    fn met(facing: Facing, grain: Grain, day: &str) -> Option<String> {
        facing.counterpart(day.parse().expect("a day"), grain).map(|day| day.to_string())
    }

    fn owned(day: &str) -> Option<String> {
        Some(day.to_owned())
    }

    #[test]
    fn a_year_before_is_the_same_day_of_the_month() {
        let leap = facing("2024-01-01..2024-12-31", Comparison::LastYear);
        assert_eq!(met(leap, Grain::Day, "2023-02-28"), owned("2024-02-28"));
        assert_eq!(met(leap, Grain::Day, "2023-03-01"), owned("2024-03-01"));
        assert_eq!(met(leap, Grain::Day, "2023-12-31"), owned("2024-12-31"));
        let after = facing("2025-01-01..2025-12-31", Comparison::LastYear);
        assert_eq!((met(after, Grain::Day, "2024-02-29"), met(after, Grain::Week, "2024-02-29")), (None, None));
        assert_eq!(met(after, Grain::Month, "2024-02-29"), owned("2025-02-28"), "February is all of February");
        let from_leap_day = facing("2024-02-29..2024-03-06", Comparison::LastYear);
        assert_eq!(met(from_leap_day, Grain::Day, "2023-02-28"), owned("2024-02-29"));
    }

    #[test]
    fn the_period_before_is_as_many_days_or_months_away() {
        let days = facing("2026-03-05..2026-03-11", Comparison::PreviousPeriod);
        assert_eq!(met(days, Grain::Day, "2026-02-26"), owned("2026-03-05"));
        assert_eq!(met(days, Grain::Month, "2026-03-04"), owned("2026-03-11"));
        let february = facing("2026-02-01..2026-02-28", Comparison::PreviousPeriod);
        assert_eq!((met(february, Grain::Day, "2026-01-28"), met(february, Grain::Day, "2026-01-29")), (owned("2026-02-28"), None));
        assert_eq!(met(february, Grain::Month, "2026-01-31"), owned("2026-02-28"), "January is all of January");
        // March against January, April against February, though both of these are of one quarter.
        let spring = facing("2026-03-01..2026-04-30", Comparison::PreviousPeriod);
        let quarters: Vec<String> = ["2026-01-31", "2026-02-01"].map(|day| met(spring, Grain::Quarter, day).expect("a day")).to_vec();
        assert_eq!(quarters, ["2026-03-31", "2026-04-01"]);
    }

    #[test]
    fn ninety_days_by_week_meet_in_the_weeks_of_the_later_ones() {
        // From a Sunday to a Friday: the first week has one day, the last five.
        let facing = facing("2026-03-01..2026-05-29", Comparison::PreviousPeriod);
        let buckets: Vec<Day> = facing.buckets(Grain::Week, Calendar::default()).filter_map(|(_, bucket)| bucket).collect();
        let days_in = |week: &str| buckets.iter().filter(|bucket| bucket.to_string() == week).count();
        assert_eq!((buckets.len(), days_in("2026-02-23"), days_in("2026-03-02"), days_in("2026-05-25")), (90, 1, 7, 5));
    }
}
