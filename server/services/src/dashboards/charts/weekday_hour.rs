//! When people buy: net sales by weekday and hour.

use domain::charts::{ChartCard, ChartKind, ChartSpec, TableData};
use domain::format;
use domain::question::Cell;
use domain::semantic::Measure;

use super::{blank, money_column, number_column, text_column};
use crate::dashboards::chosen::Chosen;
use crate::dashboards::measured::Measured;
use crate::dashboards::words;

/// What an hour of a weekday brought.
struct Slot {
    weekday: u32,
    hour: u32,
    net: Cell,
    orders: Cell,
}

pub(super) fn card(chosen: &Chosen, measured: &Measured) -> ChartCard {
    let mut slots: Vec<Slot> = measured.hours.iter().filter_map(|row| slot(row)).collect();
    slots.sort_by_key(|slot| (row_of(slot.weekday, chosen), slot.hour));
    let (first, last) = (slots.iter().map(|slot| slot.hour).min().unwrap_or(0), slots.iter().map(|slot| slot.hour).max().unwrap_or(23));
    let heat = |slot: &Slot| {
        let value = words::plotted(Measure::NetSales, &slot.net, measured.currency)?;
        Some(((slot.hour - first) as usize, row_of(slot.weekday, chosen), value))
    };
    let spec = ChartSpec {
        categories: (first..=last).map(clock).collect(),
        row_labels: (0..7).map(|row| format::weekday_name((chosen.calendar.week_start - 1 + row) % 7 + 1).to_owned()).collect(),
        heat: slots.iter().filter_map(heat).collect(),
        currency: Some(measured.currency),
        ..blank(ChartKind::HeatMap)
    };
    let (title, summary) = said(&slots, measured);
    let table_row = |slot: &Slot| {
        vec![Cell::Text(format::weekday_name(slot.weekday).to_owned()), Cell::Text(clock(slot.hour)), slot.net.clone(), slot.orders.clone()]
    };
    ChartCard {
        id: "sales-by-weekday-hour".to_owned(),
        title,
        subtitle: format!("Net sales by weekday and hour, {}, in the shop’s time zone", measured.currency),
        spec,
        table: TableData {
            columns: vec![text_column("Weekday"), text_column("Hour"), money_column("Net sales", measured.currency), number_column("Orders")],
            rows: slots.iter().map(table_row).collect(),
        },
        summary,
    }
}

/// The title and the picture in words.
fn said(slots: &[Slot], measured: &Measured) -> (String, String) {
    let best = slots.iter().max_by_key(|slot| slot.net.as_i64()).filter(|slot| slot.net.as_i64() > Some(0));
    match best {
        Some(slot) => {
            let (weekday, from, to) = (format::weekday_name(slot.weekday), clock(slot.hour), clock(slot.hour + 1));
            let amount = words::value(Measure::NetSales, &slot.net, measured.currency);
            (
                format!("Most is sold on {weekday}s from {from} to {to}"),
                format!("Net sales by weekday and hour. The best hour is {weekday} from {from} to {to}, with {amount}."),
            )
        }
        None => ("Net sales by weekday and hour".to_owned(), "No sales in this range.".to_owned()),
    }
}

fn slot(row: &[Cell]) -> Option<Slot> {
    let number = |index: usize| u32::try_from(row.get(index)?.as_i64()?).ok();
    Some(Slot { weekday: number(0)?, hour: number(1)?, net: row.get(2)?.clone(), orders: row.get(3)?.clone() })
}

/// Rows begin with the shop's first day of the week.
fn row_of(weekday: u32, chosen: &Chosen) -> usize {
    ((weekday + 7 - chosen.calendar.week_start) % 7) as usize
}

fn clock(hour: u32) -> String {
    format!("{hour:02}:00")
}
