//! What a picture shows, without a word of how it is drawn.

use crate::Currency;
use crate::question::{Answer, Cell, Column, ColumnKind};
use crate::semantic::Dimension;
use serde::{Deserialize, Serialize};

/// The kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Values over time.
    Line,
    /// Values over time, filled.
    Area,
    /// Upright bars.
    Column,
    /// Upright bars, one part upon the other.
    Stacked,
    /// Lying bars, for long names.
    Bar,
    /// A grid of cells, darker for more.
    HeatMap,
    /// A point for each category: the first series across, the second up, the third its size. The table's columns say their units.
    Scatter,
    /// The world, its countries darker for more; `filter_values` are their codes.
    Map,
    /// Shares of a whole.
    Donut,
    /// Stages, each narrower than the one before.
    Funnel,
    /// The first and the last value are totals; those between lead from one to the other.
    Waterfall,
}

/// Which part a series plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SeriesRole {
    /// The range that is looked at: the accent colour.
    Current,
    /// What it is set against: the same hue, lighter and dashed.
    Compared,
    /// One of several: the theme's colour of this number, 0 to 7.
    Split(u8),
}

/// One series; its values stand in the order of the chart's categories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Series {
    /// Its name in the tooltip.
    pub name: String,
    /// Its part.
    pub role: SeriesRole,
    /// Major units for money; `None` is a gap.
    pub values: Vec<Option<f64>>,
}

/// A picture as a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChartSpec {
    /// How it is drawn.
    pub kind: ChartKind,
    /// Labels along the main axis.
    pub categories: Vec<String>,
    /// The values a click on each category filters by; empty where a click does nothing.
    pub filter_values: Vec<String>,
    /// Which dimension a click filters.
    pub filter_dimension: Option<Dimension>,
    /// The series of lines, columns and bars.
    pub series: Vec<Series>,
    /// For a heat map: the labels of its rows.
    pub row_labels: Vec<String>,
    /// For a heat map: (column, row, value).
    pub heat: Vec<(usize, usize, f64)>,
    /// Whether the first category is a period of which only the end is counted: hatched or dashed, never a rise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub begins_late: bool,
    /// From this category on the period is not over yet: hatched or dashed, never a fall.
    pub incomplete_from: Option<usize>,
    /// For money; otherwise plain numbers.
    pub currency: Option<Currency>,
    /// Of a picture over time: what people should know of some of its periods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<ChartMark>,
}

impl ChartSpec {
    /// The categories that are counted whole: the first of them, and the first after them.
    pub fn whole(&self) -> (usize, usize) {
        let end = self.incomplete_from.unwrap_or(usize::MAX).min(self.categories.len());
        (usize::from(self.begins_late).min(end), end)
    }
}

/// A mark on a picture over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChartMark {
    /// On which category.
    pub at: usize,
    /// What happened, a sentence each.
    pub words: Vec<String>,
}

/// A picture on a page: its words, the picture and the table behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChartCard {
    /// A word for the element's id and the file name, for example `sales-over-time`.
    pub id: String,
    /// The finding, where one can be computed.
    pub title: String,
    /// What is plotted and in which unit.
    pub subtitle: String,
    /// The picture.
    pub spec: ChartSpec,
    /// The same figures as a table.
    pub table: TableData,
    /// The picture in one or two spoken sentences.
    pub summary: String,
}

/// A table: the twin of a picture, and its CSV.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableData {
    /// Column titles with their kinds.
    pub columns: Vec<TableColumn>,
    /// One cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableColumn {
    /// What people read above it.
    pub title: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// For money.
    pub currency: Option<Currency>,
}

impl TableData {
    /// The answer as a table, with the given column titles.
    pub fn of_answer(answer: &Answer, titles: &[&str]) -> Self {
        let column = |(index, column): (usize, &Column)| TableColumn {
            title: titles.get(index).map_or_else(|| column.name.clone(), |title| (*title).to_owned()),
            kind: column.kind,
            currency: column.currency,
        };
        Self { columns: answer.columns.iter().enumerate().map(column).collect(), rows: answer.rows.clone() }
    }

    /// A cell as people read it.
    pub fn text(&self, column: usize, cell: &Cell) -> String {
        match (cell, self.columns.get(column)) {
            (Cell::None, _) => "–".to_owned(),
            (Cell::Text(text), Some(TableColumn { kind: ColumnKind::Time, .. })) => text.parse().map_or_else(|_| text.clone(), crate::format::day),
            (Cell::Text(text), _) => text.clone(),
            (Cell::Int(minor), Some(TableColumn { kind: ColumnKind::Money, currency: Some(currency), .. })) => {
                crate::format::money(crate::Money::new(*minor, *currency))
            }
            (Cell::Float(share), Some(TableColumn { kind: ColumnKind::Ratio, .. })) => crate::format::share(*share),
            (Cell::Int(value), _) => crate::format::number(*value),
            (Cell::Float(value), _) => crate::format::decimal(*value),
        }
    }

    /// The table as CSV (RFC 4180), money in major units with a decimal point. Cells that a spreadsheet would run as a formula are
    /// prefixed with an apostrophe (OWASP, "CSV Injection").
    pub fn to_csv(&self) -> String {
        let header = self.columns.iter().map(|column| match column.currency {
            Some(currency) => csv_cell(&format!("{} ({currency})", column.title)),
            None => csv_cell(&column.title),
        });
        let mut text = header.collect::<Vec<_>>().join(",");
        text.push_str("\r\n");
        for row in &self.rows {
            let cells = row.iter().zip(&self.columns).map(|(cell, column)| match (cell, column.currency) {
                (Cell::None, _) => String::new(),
                (Cell::Int(minor), Some(currency)) => major_units(*minor, currency),
                (Cell::Int(value), None) => value.to_string(),
                (Cell::Float(value), _) if !value.is_finite() => String::new(),
                (Cell::Float(value), _) => value.to_string(),
                (Cell::Text(text), _) => csv_cell(text),
            });
            text.push_str(&cells.collect::<Vec<_>>().join(","));
            text.push_str("\r\n");
        }
        text
    }
}

/// Minor units as a decimal number in major units: `-12.50`.
pub fn major_units(minor: i64, currency: Currency) -> String {
    let per_major = currency.minor_per_major().unsigned_abs();
    let digits = usize::from(currency.minor_digits());
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    if digits == 0 { format!("{sign}{minor}") } else { format!("{sign}{}.{:0digits$}", minor / per_major, minor % per_major) }
}

/// A text as a CSV cell: quoted where RFC 4180 asks for it, disarmed where a spreadsheet would run it.
pub fn csv_cell(text: &str) -> String {
    let armed = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if armed { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_csv_without_formulas() {
        let gbp = "GBP".parse().ok();
        let column = |title: &str, kind, currency| TableColumn { title: title.to_owned(), kind, currency };
        let table = TableData {
            columns: vec![column("Product", ColumnKind::Text, None), column("Net sales", ColumnKind::Money, gbp)],
            rows: vec![vec![Cell::Text("=HYPERLINK(\"x\")".to_owned()), Cell::Int(-5)], vec![Cell::None, Cell::None]],
        };
        assert_eq!(table.to_csv(), "Product,Net sales (GBP)\r\n\"'=HYPERLINK(\"\"x\"\")\",-0.05\r\n,\r\n");
    }
}
