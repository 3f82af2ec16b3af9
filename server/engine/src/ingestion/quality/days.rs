//! Rows a day, days without any, and months that the file has only in part.

use domain::Day;
use domain::day::days_in_month;
use std::collections::BTreeMap;

/// A weekday on which fewer than this share of the weeks had sales is taken for a day on which the shop is closed.
const OPEN: f64 = 0.5;
/// A file shorter than this has no habits.
const SHORTEST_DAYS: i32 = 21;
/// Beyond so many days rows are no longer counted by day: forty years.
const MOST: usize = 15_000;

/// Counts rows by day.
#[derive(Default)]
pub(super) struct Days {
    rows: BTreeMap<Day, i64>,
    /// The day of the rows before, which is mostly the day of the next.
    current: Option<(Day, i64)>,
}

/// Days on which the shop was open, going by its habits, and sold nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) from: Day,
    pub(super) to: Day,
}

impl Days {
    pub(super) fn see(&mut self, day: Day) {
        match &mut self.current {
            Some((current, count)) if *current == day => *count += 1,
            _ => {
                self.put();
                self.current = Some((day, 1));
            }
        }
    }

    fn put(&mut self) {
        if let Some((day, count)) = self.current.take()
            && (self.rows.len() < MOST || self.rows.contains_key(&day))
        {
            *self.rows.entry(day).or_default() += count;
        }
    }

    /// Rows a day, in the order of days.
    pub(super) fn finish(mut self) -> Vec<(Day, i64)> {
        self.put();
        self.rows.into_iter().collect()
    }
}

/// Stretches of open days without a row.
pub(super) fn gaps(days: &[(Day, i64)]) -> Vec<Gap> {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else { return Vec::new() };
    if last.0 - first.0 < SHORTEST_DAYS {
        return Vec::new();
    }
    let mut traded = [0_i32; 7];
    days.iter().for_each(|(day, _)| traded[day.weekday() as usize - 1] += 1);
    let weeks = f64::from(last.0 - first.0 + 1) / 7.0;
    let is_open = |day: Day| f64::from(traded[day.weekday() as usize - 1]) / weeks >= OPEN;
    let mut gaps = Vec::new();
    for pair in days.windows(2) {
        let missing: Vec<Day> = (pair[0].0.0 + 1..pair[1].0.0).map(Day).filter(|day| is_open(*day)).collect();
        if let (Some(from), Some(to)) = (missing.first(), missing.last()) {
            gaps.push(Gap { from: *from, to: *to });
        }
    }
    gaps
}

/// The first and last month, where the file has several months and only a part of that one.
pub(super) fn partial_months(days: &[(Day, i64)]) -> Vec<Day> {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else { return Vec::new() };
    if last.month_start().0 - first.month_start().0 < 45 {
        return Vec::new();
    }
    let mut partial = Vec::new();
    // A shop may be closed on the first days of a month; five days are no weekend.
    if first.civil().day > 5 {
        partial.push(first.month_start());
    }
    let end = last.civil();
    if end.day + 5 <= days_in_month(end.year, end.month) {
        partial.push(last.month_start());
    }
    partial
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    /// Open Monday to Saturday for ten weeks, but for one Tuesday and Wednesday.
    fn ten_weeks() -> Vec<(Day, i64)> {
        let start = day("2024-01-01");
        (0..70)
            .map(|count| start.plus_days(count))
            .filter(|day| day.weekday() != 7 && ![day_at("2024-01-30"), day_at("2024-01-31")].contains(day))
            .map(|day| (day, 3))
            .collect()
    }

    fn day_at(text: &str) -> Day {
        day(text)
    }

    #[test]
    fn closed_weekdays_are_no_gap_and_open_ones_are() {
        assert_eq!(gaps(&ten_weeks()), [Gap { from: day("2024-01-30"), to: day("2024-01-31") }]);
        assert_eq!(gaps(&ten_weeks()[..5]), []);
        assert_eq!(gaps(&[]), []);
    }

    #[test]
    fn a_month_that_is_there_in_part_is_named() {
        let span = |from: &str, to: &str| partial_months(&[(day(from), 1), (day(to), 1)]);
        assert_eq!(span("2010-12-01", "2011-12-09"), [day("2011-12-01")]);
        assert_eq!(span("2010-12-20", "2011-11-30"), [day("2010-12-01")]);
        assert_eq!(span("2011-12-01", "2011-12-09"), []);
    }

    #[test]
    fn rows_are_counted_by_day_in_any_order() {
        let mut days = Days::default();
        ["2024-01-02", "2024-01-01", "2024-01-02", "2024-01-02"].iter().for_each(|text| days.see(day(text)));
        assert_eq!(days.finish(), [(day("2024-01-01"), 1), (day("2024-01-02"), 3)]);
    }
}
