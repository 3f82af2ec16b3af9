//! The page's one sentence: what happened, and mostly where.

use domain::format;
use domain::question::Cell;
use domain::semantic::{Dimension, Measure};

use super::chosen::Chosen;
use super::measured::Measured;
use super::words::{self, Move};

pub(super) fn sentence(chosen: &Chosen, measured: &Measured) -> String {
    if measured.is_empty() {
        let filtered = if chosen.filters.is_empty() { "" } else { " that match the filters" };
        return format!("No orders{filtered} {}; choose other days.", words::during(chosen.range));
    }
    let current = measured.total(Measure::NetSales);
    let amount = words::value(Measure::NetSales, current, measured.currency);
    let Some((comparison, range)) = chosen.compared else { return plain(chosen, &amount) };
    let with = words::compared_with(comparison, chosen.range, range);
    match words::movement(current, measured.compared_total(Measure::NetSales)) {
        Move::Unknown => plain(chosen, &amount),
        Move::Level => format!("Net sales of {amount} are level with {with}."),
        Move::FromNothing(direction) => format!("Net sales came to {amount}, {} from nothing in {with}.", if direction > 0 { "up" } else { "down" }),
        Move::By(direction, share) => {
            let verb = if direction > 0 { "rose" } else { "fell" };
            format!("Net sales {verb} {} on {with}, to {amount}{}.", format::percent(share), from_where(chosen, measured, direction))
        }
    }
}

fn plain(chosen: &Chosen, amount: &str) -> String {
    format!("Net sales came to {amount} {}.", words::during(chosen.range))
}

/// The country that a change came from, where one country stands for at least half of it and there are several.
fn from_where(chosen: &Chosen, measured: &Measured, direction: i8) -> String {
    let is_filtered = chosen.filters.iter().any(|filter| filter.dimension == Dimension::Country);
    if measured.countries.len() < 2 || is_filtered {
        return String::new();
    }
    let difference = |row: &[Cell]| Some(row.get(1)?.as_i64()? - row.get(3)?.as_i64()?);
    let total =
        measured.total(Measure::NetSales).as_i64().zip(measured.compared_total(Measure::NetSales).as_i64()).map_or(0, |(now, then)| now - then);
    let strongest =
        measured.countries.iter().filter_map(|row| Some((row, difference(row)? * i64::from(direction)))).max_by_key(|(_, difference)| *difference);
    match strongest {
        Some((row, difference)) if difference > 0 && difference.saturating_mul(2) >= total.abs() => {
            format!(", mostly from {}", words::country_in_sentence(&row[0]))
        }
        _ => String::new(),
    }
}
