//! Values of dimensions as people read them.

use domain::format;
use domain::question::Cell;
use domain::semantic::Dimension;

use crate::dashboards::words;

/// A value's name.
pub(in crate::dashboards) fn name(dimension: Dimension, cell: &Cell) -> String {
    match (dimension, cell) {
        (Dimension::Country, _) => words::country(cell),
        (Dimension::Weekday, Cell::Int(day)) => u32::try_from(*day).map_or_else(|_| day.to_string(), |day| format::weekday_name(day).to_owned()),
        (Dimension::Hour, Cell::Int(hour)) => format!("{hour}:00"),
        (Dimension::Channel, Cell::Text(channel)) => if channel == "online" { "Online" } else { "In store" }.to_owned(),
        (_, Cell::Text(text)) => text.clone(),
        (_, Cell::Int(number)) => number.to_string(),
        (_, Cell::Float(number)) => format::decimal(*number),
        (_, Cell::None) => format!("No {}", dimension.label().to_lowercase()),
    }
}

/// The text a filter takes for a value; empty where there is none to filter by.
pub(in crate::dashboards) fn filter_value(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Int(number) => number.to_string(),
        Cell::Float(_) | Cell::None => String::new(),
    }
}

/// All values of a dimension that has only a few in their own order; the clock's.
pub(super) fn clock(dimension: Dimension) -> Option<std::ops::RangeInclusive<i64>> {
    match dimension {
        Dimension::Weekday => Some(1..=7),
        Dimension::Hour => Some(0..=23),
        _ => None,
    }
}
