//! What the cards of analyses share.

use domain::charts::{ChartCard, ChartKind, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::dashboards::{BoardCard, CardContent, Picture};
use domain::question::{Cell, ColumnKind};
use domain::{Currency, Day};

/// A card of an analysis while it is made.
pub(super) struct Showing<'a> {
    pub(super) index: usize,
    pub(super) card: &'a BoardCard,
    pub(super) picture: Picture,
    pub(super) currency: Currency,
}

/// The line below a card's heading, and what it shows.
pub(super) type Shown = (String, CardContent);

impl Showing<'_> {
    /// A picture with its table; only the table where that was chosen.
    pub(super) fn shown(&self, subtitle: String, summary: String, spec: ChartSpec, table: TableData) -> Shown {
        if self.picture == Picture::Table {
            return (subtitle, CardContent::Table(table));
        }
        let (id, title) = (format!("card-{}", self.index), self.card.heading());
        (subtitle.clone(), CardContent::Chart(Box::new(ChartCard { id, title, subtitle, spec, table, summary })))
    }

    /// Money as a picture plots it.
    pub(super) fn plotted(&self, minor: i64) -> Option<f64> {
        Some(minor as f64 / self.currency.minor_per_major() as f64)
    }

    pub(super) fn money_column(&self, title: &str) -> TableColumn {
        TableColumn { title: title.to_owned(), kind: ColumnKind::Money, currency: Some(self.currency) }
    }
}

/// Nothing to show, in a sentence.
pub(super) fn nothing(words: impl Into<String>) -> Shown {
    (String::new(), CardContent::Empty(words.into()))
}

/// A series; one alone has the accent colour.
pub(super) fn series(name: &str, role: SeriesRole, values: impl Iterator<Item = Option<f64>>) -> Series {
    Series { name: name.to_owned(), role, values: values.collect() }
}

/// A picture of series over categories.
pub(super) fn drawn(kind: ChartKind, categories: Vec<String>, series: Vec<Series>) -> ChartSpec {
    ChartSpec { categories, series, ..super::super::card::blank(kind) }
}

/// A share as a picture plots it: in percent, to a tenth.
pub(super) fn percent(share: f64) -> Option<f64> {
    Some((share * 1_000.0).round() / 10.0)
}

pub(super) fn column(title: &str, kind: ColumnKind) -> TableColumn {
    TableColumn { title: title.to_owned(), kind, currency: None }
}

pub(super) fn columns<const N: usize>(columns: [(&str, ColumnKind); N]) -> Vec<TableColumn> {
    columns.into_iter().map(|(title, kind)| column(title, kind)).collect()
}

/// A share to a millionth, which a kept card reads back as it was.
pub(super) fn part(share: f64) -> Cell {
    Cell::Float((share * 1_000_000.0).round() / 1_000_000.0)
}

pub(super) fn ratio(share: Option<f64>) -> Cell {
    share.map_or(Cell::None, part)
}

pub(super) fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

pub(super) fn day(day: Option<Day>) -> Cell {
    day.map_or(Cell::None, |day| Cell::Text(day.to_string()))
}

/// Thousandths of pieces as pieces.
pub(super) fn pieces(thousandths: Option<i64>) -> Cell {
    match thousandths {
        None => Cell::None,
        Some(thousandths) if thousandths % 1000 == 0 => Cell::Int(thousandths / 1000),
        Some(thousandths) => Cell::Float(thousandths as f64 / 1000.0),
    }
}
