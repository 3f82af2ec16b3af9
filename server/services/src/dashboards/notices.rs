//! What a person should know before they trust a figure.

use domain::question::{Cell, Filter};
use domain::range::Grain;
use domain::semantic::Dimension;
use domain::{Currency, Day, format};

use crate::analytics::Overview;

use super::chosen::Chosen;
use super::measured::Measured;

pub(super) fn all(chosen: &Chosen, measured: &Measured, overview: &Overview) -> Vec<String> {
    let notices = [
        other_currencies(&chosen.filters, measured.currency, overview),
        end_of_data(chosen),
        incomplete(chosen),
        first_bucket(chosen),
        beginning_of_data(chosen),
        nameless(measured),
    ];
    notices.into_iter().flatten().collect()
}

/// Which orders stand in none of the figures, because they are in other currencies than the shown one.
pub(super) fn other_currencies(filters: &[Filter], shown: Currency, overview: &Overview) -> Option<String> {
    if filters.iter().any(|filter| filter.dimension == Dimension::Currency) {
        return None;
    }
    let others = overview.currencies.iter().filter(|span| span.currency != shown);
    let others: Vec<String> = others.map(|span| format!("{} in {}", format::counted(span.orders, "order", "orders"), span.currency)).collect();
    let left_out =
        || format!("Figures are of orders in {shown}. Left out, because amounts of different currencies cannot be added up: {}.", others.join(", "));
    (!others.is_empty()).then(left_out)
}

fn end_of_data(chosen: &Chosen) -> Option<String> {
    (chosen.range.to > chosen.data.to).then(|| format!("The data end on {}.", format::day(chosen.data.to)))
}

fn incomplete(chosen: &Chosen) -> Option<String> {
    let start = *chosen.buckets().get(chosen.incomplete_from()?)?;
    let name = bucket_name(start, chosen);
    let last = chosen.range.to.min(chosen.data.to);
    Some(if chosen.grain == Grain::Day {
        format!("{name} is not over yet.")
    } else {
        format!("{name} is not complete: it is counted to {}.", format::day(last))
    })
}

fn first_bucket(chosen: &Chosen) -> Option<String> {
    let start = chosen.grain.start(chosen.range.from, chosen.calendar);
    chosen.begins_late().then(|| format!("{} is counted from {}.", bucket_name(start, chosen), format::day(chosen.range.from)))
}

fn bucket_name(start: Day, chosen: &Chosen) -> String {
    match chosen.grain {
        Grain::Day => format::day(start),
        Grain::Week => format!("The week from {}", format::day(start)),
        _ => format::bucket(start, chosen.grain, chosen.calendar),
    }
}

fn beginning_of_data(chosen: &Chosen) -> Option<String> {
    let (_, compared) = chosen.compared?;
    let is_partial = compared.from < chosen.data.from && compared.to >= chosen.data.from;
    is_partial.then(|| format!("The data begin on {}, too late to compare with {}.", format::day(chosen.data.from), format::range(compared)))
}

fn nameless(measured: &Measured) -> Option<String> {
    let is_nameless = measured.products.iter().any(|row| row.first() == Some(&Cell::None));
    is_nameless.then(|| "Some lines name no product; they stand together as one in the list of products.".to_owned())
}
