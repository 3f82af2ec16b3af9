//! The pictures of the sales dashboard, each with its finding, its table and its spoken summary.

mod countries;
mod over_time;
mod products;
mod weekday_hour;

use domain::Currency;
use domain::charts::{ChartCard, ChartKind, ChartSpec, TableColumn};
use domain::question::ColumnKind;

use super::chosen::Chosen;
use super::measured::Measured;

pub(super) fn all(chosen: &Chosen, measured: &Measured) -> Vec<ChartCard> {
    vec![over_time::card(chosen, measured), products::card(measured), countries::card(measured), weekday_hour::card(chosen, measured)]
}

/// A picture of money with nothing on it yet.
fn blank(kind: ChartKind) -> ChartSpec {
    ChartSpec {
        kind,
        categories: Vec::new(),
        filter_values: Vec::new(),
        filter_dimension: None,
        series: Vec::new(),
        row_labels: Vec::new(),
        heat: Vec::new(),
        begins_late: false,
        incomplete_from: None,
        currency: None,
        marks: Vec::new(),
    }
}

fn text_column(title: &str) -> TableColumn {
    TableColumn { title: title.to_owned(), kind: ColumnKind::Text, currency: None }
}

fn number_column(title: &str) -> TableColumn {
    TableColumn { title: title.to_owned(), kind: ColumnKind::Number, currency: None }
}

fn money_column(title: &str, currency: Currency) -> TableColumn {
    TableColumn { title: title.to_owned(), kind: ColumnKind::Money, currency: Some(currency) }
}
