//! Net sales over time, the compared range behind it.

use domain::charts::{ChartCard, ChartKind, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::question::{Cell, ColumnKind};
use domain::range::Grain;
use domain::semantic::Measure;
use domain::{Day, Money, format};

use super::{blank, money_column};
use crate::dashboards::chosen::Chosen;
use crate::dashboards::measured::Measured;
use crate::dashboards::words;

pub(super) fn card(chosen: &Chosen, measured: &Measured) -> ChartCard {
    let buckets = chosen.buckets();
    let current = measured.over_time(Measure::NetSales, chosen);
    let compared = measured.compared_over_time(Measure::NetSales, chosen);
    let plot = |cells: &[Cell]| cells.iter().map(|cell| words::plotted(Measure::NetSales, cell, measured.currency)).collect();
    let mut series = vec![Series { name: format::range(chosen.range), role: SeriesRole::Current, values: plot(&current) }];
    if let Some((_, range)) = chosen.comparable() {
        series.push(Series { name: format::range(range), role: SeriesRole::Compared, values: plot(&compared) });
    }
    let spec = ChartSpec {
        categories: buckets.iter().map(|start| format::bucket(*start, chosen.grain, chosen.calendar)).collect(),
        series,
        begins_late: chosen.begins_late(),
        incomplete_from: chosen.incomplete_from(),
        currency: Some(measured.currency),
        ..blank(ChartKind::Line)
    };
    let best = best(&buckets, &current, chosen);
    let money = |minor: i64| format::money(Money::new(minor, measured.currency));
    let title = match best {
        Some((start, minor)) => {
            format!("Net sales peaked {} at {}", when(start, chosen), format::money_compact(Money::new(minor, measured.currency)))
        }
        None => "Net sales over time".to_owned(),
    };
    let total = words::value(Measure::NetSales, measured.total(Measure::NetSales), measured.currency);
    let highest = best.map_or_else(String::new, |(start, minor)| {
        format!(" The highest {} is {}, with {}.", chosen.grain.words(), day_or_bucket(start, chosen), money(minor))
    });
    ChartCard {
        id: "sales-over-time".to_owned(),
        title,
        subtitle: format!("Net sales by {}, {}", chosen.grain.words(), measured.currency),
        spec,
        table: table(chosen, measured, &buckets, current, compared),
        summary: format!("Net sales by {} {}: {total} in all.{highest}", chosen.grain.words(), words::during(chosen.range, chosen.calendar)),
    }
}

/// The highest of several buckets.
fn best(buckets: &[Day], cells: &[Cell], chosen: &Chosen) -> Option<(Day, i64)> {
    let filled = buckets.iter().zip(cells).filter_map(|(start, cell)| Some((*start, cell.as_i64()?)));
    let (first, end) = chosen.whole_buckets();
    let complete: Vec<(Day, i64)> = filled.filter(|(start, _)| buckets[first..end].contains(start)).collect();
    if complete.len() < 3 {
        return None;
    }
    complete.into_iter().rev().max_by_key(|(_, minor)| *minor).filter(|(_, minor)| *minor > 0)
}

fn when(start: Day, chosen: &Chosen) -> String {
    match chosen.grain {
        Grain::Day => format!("on {}", format::day(start)),
        Grain::Week => format!("in the week from {}", format::day(start)),
        _ => format!("in {}", format::bucket(start, chosen.grain, chosen.calendar)),
    }
}

fn day_or_bucket(start: Day, chosen: &Chosen) -> String {
    match chosen.grain {
        Grain::Day => format::day(start),
        Grain::Week => format!("the one from {}", format::day(start)),
        _ => format::bucket(start, chosen.grain, chosen.calendar),
    }
}

fn table(chosen: &Chosen, measured: &Measured, buckets: &[Day], current: Vec<Cell>, compared: Vec<Cell>) -> TableData {
    let from = TableColumn { title: if chosen.grain == Grain::Day { "Day" } else { "From" }.to_owned(), kind: ColumnKind::Time, currency: None };
    let mut columns = vec![from, money_column("Net sales", measured.currency)];
    let mut rows: Vec<Vec<Cell>> = buckets.iter().zip(current).map(|(start, value)| vec![Cell::Text(start.to_string()), value]).collect();
    if let Some((_, range)) = chosen.comparable() {
        columns.push(money_column(&format!("Net sales, {}", format::range(range)), measured.currency));
        rows.iter_mut().zip(compared).for_each(|(row, value)| row.push(value));
    }
    TableData { columns, rows }
}
