//! The days of a file as a calendar, in which a missing one is a hole.

use domain::charts::{ChartCard, ChartKind, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::question::{Cell, ColumnKind};
use domain::sources::{DayRows, QualityReport};
use domain::{Day, format};
use std::collections::BTreeMap;

/// A calendar of more weeks is too fine to be looked at.
const MOST_WEEKS: i32 = 80;

/// The picture of the days that a report counted; none where rows have no days, or all the same.
pub(super) fn days_chart(report: &QualityReport, week_start: u32) -> Option<ChartCard> {
    let (first, last) = (report.days.first()?.day, report.days.last()?.day);
    let weeks = (last.week_start(week_start).0 - first.week_start(week_start).0) / 7 + 1;
    match weeks {
        1 if first == last => None,
        ..=MOST_WEEKS => Some(calendar(&report.days, weeks, week_start)),
        _ => Some(months(&report.days)),
    }
}

fn calendar(days: &[DayRows], weeks: i32, week_start: u32) -> ChartCard {
    let begin = days[0].day.week_start(week_start);
    let place = |day: Day| (((day.0 - begin.0) / 7) as usize, ((day.0 - begin.0) % 7) as usize);
    let heat = |day: &DayRows| {
        let (column, row) = place(day.day);
        (column, row, day.rows as f64)
    };
    let spec = ChartSpec {
        categories: (0..weeks).map(|week| format::day(begin.plus_days(week * 7))).collect(),
        row_labels: (0..7).map(|row| format::weekday_name((week_start - 1 + row) % 7 + 1)[..3].to_owned()).collect(),
        heat: days.iter().map(heat).collect(),
        ..blank(ChartKind::HeatMap)
    };
    card(days, spec, "Rows of the file on each day, weeks from left to right; a day without any is left out")
}

fn months(days: &[DayRows]) -> ChartCard {
    let mut by_month: BTreeMap<Day, i64> = BTreeMap::new();
    days.iter().for_each(|day| *by_month.entry(day.day.month_start()).or_default() += day.rows);
    let (first, last) = (days[0].day.month_start(), days[days.len() - 1].day.month_start());
    let all: Vec<Day> = (0..).map(|count| first.plus_months(count)).take_while(|month| *month <= last).collect();
    let values = all.iter().map(|month| by_month.get(month).map(|rows| *rows as f64)).collect();
    let spec = ChartSpec {
        categories: all.iter().map(|month| format::month(*month)).collect(),
        series: vec![Series { name: "Rows".to_owned(), role: SeriesRole::Current, values }],
        ..blank(ChartKind::Column)
    };
    card(days, spec, "Rows of the file in each month; the table behind the picture has the days")
}

fn blank(kind: ChartKind) -> ChartSpec {
    ChartSpec {
        kind,
        categories: Vec::new(),
        filter_values: Vec::new(),
        filter_dimension: None,
        series: vec![Series { name: "Rows".to_owned(), role: SeriesRole::Current, values: Vec::new() }],
        row_labels: Vec::new(),
        heat: Vec::new(),
        begins_late: false,
        incomplete_from: None,
        currency: None,
        marks: Vec::new(),
    }
}

fn card(days: &[DayRows], spec: ChartSpec, subtitle: &str) -> ChartCard {
    let (first, last) = (days[0].day, days[days.len() - 1].day);
    let span = last.0 - first.0 + 1;
    let title = if days.len() as i64 == i64::from(span) {
        format!("Each of the {span} days has rows")
    } else {
        format!("{} of {span} days have rows", format::number(days.len() as i64))
    };
    let column = |title: &str, kind| TableColumn { title: title.to_owned(), kind, currency: None };
    ChartCard {
        id: "rows-by-day".to_owned(),
        summary: format!("{title}, from {} to {}.", format::day(first), format::day(last)),
        title,
        subtitle: subtitle.to_owned(),
        spec,
        table: TableData {
            columns: vec![column("Day", ColumnKind::Time), column("Rows", ColumnKind::Number)],
            rows: days.iter().map(|day| vec![Cell::Text(day.day.to_string()), Cell::Int(day.rows)]).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(days: &[(&str, i64)]) -> QualityReport {
        let days = days.iter().map(|(day, rows)| DayRows { day: day.parse().expect("a day"), rows: *rows }).collect();
        QualityReport { days, ..QualityReport::default() }
    }

    #[test]
    fn a_calendar_puts_each_day_into_its_week_and_leaves_missing_ones_out() {
        // The first of January 2024 was a Monday.
        let chart = days_chart(&report(&[("2024-01-01", 4), ("2024-01-03", 2), ("2024-01-09", 7)]), 1).expect("a picture");
        assert_eq!(chart.spec.heat, [(0, 0, 4.0), (0, 2, 2.0), (1, 1, 7.0)]);
        assert_eq!((chart.spec.categories.len(), chart.spec.row_labels[0].as_str(), chart.title.as_str()), (2, "Mon", "3 of 9 days have rows"));
        let from_sunday = days_chart(&report(&[("2024-01-06", 1), ("2024-01-07", 1)]), 7).expect("a picture");
        assert_eq!(from_sunday.spec.heat, [(0, 6, 1.0), (1, 0, 1.0)]);
        assert_eq!(from_sunday.title, "Each of the 2 days has rows");
    }

    #[test]
    fn many_years_become_months_with_holes() {
        let chart = days_chart(&report(&[("2020-01-05", 3), ("2020-01-06", 4), ("2023-12-01", 5)]), 1).expect("a picture");
        let values = &chart.spec.series[0].values;
        assert_eq!((chart.spec.kind, values.len(), values[0], values[1], values[47]), (ChartKind::Column, 48, Some(7.0), None, Some(5.0)));
    }

    #[test]
    fn one_day_is_no_picture() {
        assert_eq!(days_chart(&report(&[("2024-01-01", 4)]), 1), None);
        assert_eq!(days_chart(&report(&[]), 1), None);
    }
}
