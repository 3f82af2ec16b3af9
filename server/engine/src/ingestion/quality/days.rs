//! Rows a day, days without any, and months that the file has only in part.

use domain::Day;
use domain::day::days_in_month;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

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

    /// The days with rows, in their order.
    pub(super) fn days(&mut self) -> Vec<Day> {
        self.put();
        self.rows.keys().copied().collect()
    }

    /// Rows a day, in the order of days.
    pub(super) fn finish(mut self) -> Vec<(Day, i64)> {
        self.put();
        self.rows.into_iter().collect()
    }
}

/// The days of a file, with those in a range that are known otherwise.
pub(super) fn with_days(days: &[Day], others: &BTreeSet<Day>, range: RangeInclusive<Day>) -> Vec<Day> {
    let all: BTreeSet<Day> = days.iter().chain(others.range(range)).copied().collect();
    all.into_iter().collect()
}

/// Days of which a report would say that they are missing; what is there of them may stand in earlier files.
pub(super) fn absent_days(days: &[Day]) -> Vec<Day> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let mut absent: Vec<Day> = open_absences(days).into_iter().flatten().collect();
    for month in partial_months(days) {
        let all = (0..31).map(|count| month.plus_days(count)).filter(|day| day.month_start() == month);
        absent.extend(all.filter(|day| day < first || day > last));
    }
    absent
}

/// Stretches of open days without a row.
pub(super) fn gaps(days: &[Day]) -> Vec<Gap> {
    let gap = |absent: Vec<Day>| Some(Gap { from: *absent.first()?, to: *absent.last()? });
    open_absences(days).into_iter().filter_map(gap).collect()
}

/// Days without a row on which the shop was open, going by its habits: those of each stretch by themselves.
fn open_absences(days: &[Day]) -> Vec<Vec<Day>> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    if last.0 - first.0 < SHORTEST_DAYS {
        return Vec::new();
    }
    let mut traded = [0_i32; 7];
    days.iter().for_each(|day| traded[day.weekday() as usize - 1] += 1);
    let weeks = f64::from(last.0 - first.0 + 1) / 7.0;
    let is_open = |day: &Day| f64::from(traded[day.weekday() as usize - 1]) / weeks >= OPEN;
    let between = |pair: &[Day]| (pair[0].0 + 1..pair[1].0).map(Day).filter(is_open).collect::<Vec<Day>>();
    days.windows(2).map(between).filter(|absent| !absent.is_empty()).collect()
}

/// The first and last month, where the file has several months and only a part of that one.
pub(super) fn partial_months(days: &[Day]) -> Vec<Day> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
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
    fn ten_weeks() -> Vec<Day> {
        let start = day("2024-01-01");
        (0..70).map(|count| start.plus_days(count)).filter(|at| at.weekday() != 7 && ![day("2024-01-30"), day("2024-01-31")].contains(at)).collect()
    }

    #[test]
    fn closed_weekdays_are_no_gap_and_open_ones_are() {
        assert_eq!(gaps(&ten_weeks()), [Gap { from: day("2024-01-30"), to: day("2024-01-31") }]);
        assert_eq!(gaps(&ten_weeks()[..5]), []);
        assert_eq!(gaps(&[]), []);
    }

    #[test]
    fn what_earlier_files_may_have_is_asked_for_and_closes_gaps_and_months() {
        let days = ten_weeks();
        // The first of January was a Monday; the last day with sales is Saturday, the ninth of March.
        let absent = absent_days(&days);
        assert_eq!(absent[..2], [day("2024-01-30"), day("2024-01-31")]);
        assert_eq!(absent[2..], (10..=31).map(|date| day(&format!("2024-03-{date}"))).collect::<Vec<_>>());
        let known = BTreeSet::from([day("2024-01-30"), day("2024-03-30")]);
        let within = with_days(&days, &known, days[0]..=day("2024-03-09"));
        assert_eq!(gaps(&within), [Gap { from: day("2024-01-31"), to: day("2024-01-31") }]);
        assert_eq!(
            (partial_months(&days), partial_months(&with_days(&days, &known, days[0]..=day("2024-03-31")))),
            (vec![day("2024-03-01")], vec![])
        );
    }

    #[test]
    fn a_month_that_is_there_in_part_is_named() {
        let span = |from: &str, to: &str| partial_months(&[day(from), day(to)]);
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
