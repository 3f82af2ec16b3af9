//! The page's one sentence: what happened, and mostly where.

use domain::format;
use domain::semantic::{Dimension, Measure};

use super::chosen::Chosen;
use super::measured::Measured;
use super::words::{self, Move};

pub(super) fn sentence(chosen: &Chosen, measured: &Measured) -> String {
    if measured.is_empty() {
        let filtered = if chosen.filters.is_empty() { "" } else { " that match the filters" };
        return format!("No orders{filtered} {}; choose other days.", words::during(chosen.range, chosen.calendar));
    }
    let Some((comparison, range)) = chosen.compared else { return plain(chosen, measured) };
    let settled = measured.settled_total(Measure::NetSales);
    let amount = words::value(Measure::NetSales, settled, measured.currency);
    let with = words::compared_with(comparison, chosen.settled, range, chosen.calendar);
    let subject = subject(chosen);
    match words::movement(settled, measured.compared_total(Measure::NetSales)) {
        Move::Unknown => plain(chosen, measured),
        Move::Level => format!("{subject} of {amount} are level with {with}."),
        Move::FromNothing(direction) => format!("{subject} came to {amount}, {} from nothing in {with}.", if direction > 0 { "up" } else { "down" }),
        Move::By(direction, share) => {
            let verb = if direction > 0 { "rose" } else { "fell" };
            format!("{subject} {verb} {} on {with}, to {amount}{}.", format::percent(share), from_where(chosen, measured, direction))
        }
    }
}

/// What the sentence is about; of a range that is not over, what is known so far.
fn subject(chosen: &Chosen) -> String {
    match chosen.is_incomplete() {
        true => format!("So far (up to {}), net sales", format::day(chosen.settled.to)),
        false => "Net sales".to_owned(),
    }
}

fn plain(chosen: &Chosen, measured: &Measured) -> String {
    let amount = words::value(Measure::NetSales, measured.total(Measure::NetSales), measured.currency);
    format!("Net sales came to {amount} {}.", words::during(chosen.range, chosen.calendar))
}

/// The country that a change came from, where one country stands for at least half of it and there are several.
fn from_where(chosen: &Chosen, measured: &Measured, direction: i8) -> String {
    let is_filtered = chosen.filters.iter().any(|filter| filter.dimension == Dimension::Country);
    if measured.countries.len() < 2 || is_filtered {
        return String::new();
    }
    let (settled, compared) = (measured.settled_total(Measure::NetSales), measured.compared_total(Measure::NetSales));
    let total = settled.as_i64().zip(compared.as_i64()).map_or(0, |(now, then)| now - then);
    let strongest = measured.country_changes.iter().max_by_key(|(_, difference)| *difference * i64::from(direction));
    match strongest.map(|(country, difference)| (country, *difference * i64::from(direction))) {
        Some((country, difference)) if difference > 0 && difference.saturating_mul(2) >= total.abs() => {
            format!(", mostly from {}", words::country_in_sentence(country))
        }
        _ => String::new(),
    }
}
