//! The headline figures with their changes and sparklines.

use domain::dashboards::Figure;
use domain::semantic::Measure;

use super::chosen::Chosen;
use super::measured::{FIGURES, Measured};
use super::words;

pub(super) fn all(chosen: &Chosen, measured: &Measured) -> Vec<Figure> {
    FIGURES.into_iter().map(|measure| figure(measure, chosen, measured)).collect()
}

fn figure(measure: Measure, chosen: &Chosen, measured: &Measured) -> Figure {
    let current = measured.total(measure);
    let change = chosen.compared.map(|(comparison, range)| {
        let with = words::compared_with(comparison, chosen.settled, range, chosen.calendar);
        let with = if chosen.is_incomplete() { format!("{with} so far") } else { with };
        words::change(measure, measured.settled_total(measure), measured.compared_total(measure), &with)
    });
    let sparkline = measured.over_time(measure, chosen).iter().map(|cell| words::plotted(measure, cell, measured.currency)).collect();
    Figure { measure, value: words::value(measure, current, measured.currency), change, sparkline, goal: None }
}
