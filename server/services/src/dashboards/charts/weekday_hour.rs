//! When people buy: orders by weekday and hour.

use domain::charts::{ChartCard, ChartKind, ChartSpec, TableData};
use domain::format;
use domain::question::Cell;

use super::{blank, number_column, text_column};
use crate::dashboards::chosen::Chosen;
use crate::dashboards::measured::Measured;

/// Weekday, hour, orders.
type Slot = (u32, u32, i64);

pub(super) fn card(chosen: &Chosen, measured: &Measured) -> ChartCard {
    let mut slots: Vec<Slot> = measured.hours.iter().filter_map(|row| slot(row)).filter(|(_, _, orders)| *orders > 0).collect();
    slots.sort_by_key(|(weekday, hour, _)| (row_of(*weekday, chosen), *hour));
    let (first, last) = (slots.iter().map(|slot| slot.1).min().unwrap_or(0), slots.iter().map(|slot| slot.1).max().unwrap_or(23));
    let spec = ChartSpec {
        categories: (first..=last).map(clock).collect(),
        row_labels: (0..7).map(|row| format::weekday_name((chosen.week_start - 1 + row) % 7 + 1).to_owned()).collect(),
        heat: slots.iter().map(|(weekday, hour, orders)| ((hour - first) as usize, row_of(*weekday, chosen), *orders as f64)).collect(),
        ..blank(ChartKind::HeatMap)
    };
    let busiest = slots.iter().max_by_key(|(_, _, orders)| *orders);
    let (title, summary) = match busiest {
        Some((weekday, hour, orders)) => {
            let (weekday, from, to) = (format::weekday_name(*weekday), clock(*hour), clock(hour + 1));
            let count = format::counted(*orders, "order", "orders");
            (
                format!("Most orders come on {weekday}s from {from} to {to}"),
                format!("Orders by weekday and hour. The busiest hour is {weekday} from {from} to {to}, with {count}."),
            )
        }
        None => ("Orders by weekday and hour".to_owned(), "No orders in this range.".to_owned()),
    };
    let table_row =
        |(weekday, hour, orders): &Slot| vec![Cell::Text(format::weekday_name(*weekday).to_owned()), Cell::Text(clock(*hour)), Cell::Int(*orders)];
    ChartCard {
        id: "sales-by-weekday-hour".to_owned(),
        title,
        subtitle: "Orders by weekday and hour, in the shop’s time zone".to_owned(),
        spec,
        table: TableData {
            columns: vec![text_column("Weekday"), text_column("Hour"), number_column("Orders")],
            rows: slots.iter().map(table_row).collect(),
        },
        summary,
    }
}

fn slot(row: &[Cell]) -> Option<Slot> {
    let number = |index: usize| row.get(index)?.as_i64();
    Some((u32::try_from(number(0)?).ok()?, u32::try_from(number(1)?).ok()?, number(2)?))
}

/// Rows begin with the shop's first day of the week.
fn row_of(weekday: u32, chosen: &Chosen) -> usize {
    ((weekday + 7 - chosen.week_start) % 7) as usize
}

fn clock(hour: u32) -> String {
    format!("{hour:02}:00")
}
