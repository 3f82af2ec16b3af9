//! A picture as it travels to the browser: its words, its ready option and its table.

use domain::charts::{ChartKind, SeriesRole, TableData};
use domain::semantic::Dimension;
use serde::{Deserialize, Serialize};

/// A picture, ready to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartPayload {
    /// A word for the element's id and the file name.
    pub id: String,
    /// The finding.
    pub title: String,
    /// What is plotted and in which unit.
    pub subtitle: String,
    /// The picture in one or two spoken sentences.
    pub summary: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// The ECharts option, as `public/js/charts.js` takes it.
    pub option_json: String,
    /// The series by name, for the key above the picture.
    pub key: Vec<(String, SeriesRole)>,
    /// How many categories (or rows of a heat map) stand below each other, for the picture's height.
    pub rows: usize,
    /// What a click filters by, and by which value for each category.
    pub filter: Option<ChartFilter>,
    /// The same figures as a table.
    pub table: TableData,
}

/// What a click on a category does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartFilter {
    /// The dimension it filters.
    pub dimension: Dimension,
    /// The value of each category; empty where a click does nothing.
    pub values: Vec<String>,
}

impl ChartFilter {
    /// The value of a category, if a click on it does something.
    pub fn value(&self, index: usize) -> Option<&str> {
        self.values.get(index).map(String::as_str).filter(|value| !value.is_empty())
    }
}

#[cfg(feature = "ssr")]
impl From<domain::charts::ChartCard> for ChartPayload {
    fn from(card: domain::charts::ChartCard) -> Self {
        let domain::charts::ChartCard { id, title, subtitle, spec, table, summary } = card;
        let option_json = super::option::option_json(&spec, &table);
        let rows = if spec.kind == ChartKind::HeatMap { spec.row_labels.len() } else { spec.categories.len() };
        // What stands on axes of its own needs no key: the axes are named.
        let key = if matches!(spec.kind, ChartKind::Map | ChartKind::Scatter) { Vec::new() } else { spec.series };
        let key = key.into_iter().map(|series| (series.name, series.role)).collect();
        let filter = spec.filter_dimension.map(|dimension| ChartFilter { dimension, values: spec.filter_values });
        Self { id, title, subtitle, summary, kind: spec.kind, option_json, key, rows, filter, table }
    }
}
