//! Two splits at once: a heat map or a pivot table.

use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole, TableData};
use domain::question::{Cell, Question};
use domain::semantic::Dimension;
use domain::{Day, format};

use super::asking::text_column;
use super::card::{Drawn, blank, sum};
use super::{Asking, names};
use crate::Result;
use crate::dashboards::words;

/// The most rows and columns that a person can take in.
const ROWS: usize = 40;
const COLUMNS: usize = 24;

/// Rows by columns.
struct Grid {
    row_title: String,
    rows: Vec<(Cell, String)>,
    columns: Vec<(Cell, String)>,
    cells: Vec<Vec<Cell>>,
    is_cut: bool,
}

pub(super) async fn heat_map(asking: &Asking<'_>) -> Result<Option<Drawn>> {
    let Some(grid) = read(asking).await? else { return Ok(None) };
    let measure = asking.measure();
    let mut heat = Vec::new();
    for (row, cells) in grid.cells.iter().enumerate() {
        heat.extend(cells.iter().enumerate().filter_map(|(column, cell)| Some((column, row, words::plotted(measure, cell, asking.currency)?))));
    }
    let spec = ChartSpec {
        categories: grid.columns.iter().map(|(_, name)| name.clone()).collect(),
        row_labels: grid.rows.iter().map(|(_, name)| name.clone()).collect(),
        series: vec![Series { name: measure.label().to_owned(), role: SeriesRole::Current, values: Vec::new() }],
        heat,
        currency: asking.axis(measure),
        ..blank(ChartKind::HeatMap)
    };
    let cut = if grid.is_cut { "; the largest of them" } else { "" };
    let subtitle = format!("{}{cut}", asking.unit_words());
    let summary = format!("{} in {} rows and {} columns.", measure.label(), grid.rows.len(), grid.columns.len());
    Ok(Some(Drawn { spec, table: table(asking, grid), subtitle, summary }))
}

pub(super) async fn pivot(asking: &Asking<'_>) -> Result<TableData> {
    Ok(read(asking).await?.map(|grid| table(asking, grid)).unwrap_or_default())
}

async fn read(asking: &Asking<'_>) -> Result<Option<Grid>> {
    let answer = asking.ask(Question { limit: None, order: Vec::new(), ..asking.over(asking.chosen.range, asking.grain) }).await?;
    // Time comes first in an answer and stands above; otherwise the first dimension stands at the side.
    let (side, above) = if asking.grain.is_some() { (1, 0) } else { (0, 1) };
    let dimension = |place: usize| match asking.grain {
        Some(_) => asking.question.dimensions.first().filter(|_| place == 1),
        None => asking.question.dimensions.get(place),
    };
    let rows = axis(asking, &answer.rows, side, dimension(side).copied(), ROWS);
    let columns = axis(asking, &answer.rows, above, dimension(above).copied(), COLUMNS);
    if rows.is_empty() || columns.is_empty() {
        return Ok(None);
    }
    let cell = |row: &Cell, column: &Cell| {
        let found = answer.rows.iter().find(|cells| cells[side] == *row && cells[above] == *column);
        found.and_then(|cells| cells.get(2)).cloned().unwrap_or(Cell::None)
    };
    let cells = rows.iter().map(|(row, _)| columns.iter().map(|(column, _)| cell(row, column)).collect()).collect();
    let is_cut = rows.len() == ROWS || columns.len() == COLUMNS;
    Ok(Some(Grid { row_title: dimension(side).map_or("", |dimension| dimension.label()).to_owned(), rows, columns, cells, is_cut }))
}

/// The values along one side: time and the clock in their order, others the largest first.
fn axis(asking: &Asking<'_>, rows: &[Vec<Cell>], place: usize, dimension: Option<Dimension>, most: usize) -> Vec<(Cell, String)> {
    let Some(dimension) = dimension else {
        let grain = asking.grain.unwrap_or(asking.chosen.grain);
        let buckets = asking.chosen.range.buckets(grain, asking.chosen.week_start);
        let named = |day: &Day| (Cell::Text(day.to_string()), format::bucket(*day, grain));
        return buckets[buckets.len().saturating_sub(most)..].iter().map(named).collect();
    };
    if let Some(all) = names::clock(dimension) {
        return all.map(|value| (Cell::Int(value), names::name(dimension, &Cell::Int(value)))).collect();
    }
    let mut values: Vec<(Cell, f64)> = Vec::new();
    for row in rows {
        let amount = row.get(2).and_then(Cell::as_f64).map_or(0.0, f64::abs);
        match values.iter_mut().find(|(value, _)| *value == row[place]) {
            Some((_, sum)) => *sum += amount,
            None => values.push((row[place].clone(), amount)),
        }
    }
    values.sort_by(|a, b| b.1.total_cmp(&a.1));
    values.into_iter().take(most).map(|(value, _)| (value.clone(), names::name(dimension, &value))).collect()
}

/// With the sums of rows and columns where they add up to something, and all of them are shown.
fn table(asking: &Asking<'_>, grid: Grid) -> TableData {
    let measure = asking.measure();
    let adds_up = measure.entry().adds_over_dimensions() && !grid.is_cut;
    let mut columns = vec![text_column(&grid.row_title)];
    columns.extend(grid.columns.iter().map(|(_, name)| asking.column(name.clone(), measure)));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for ((_, name), cells) in grid.rows.iter().zip(&grid.cells) {
        let total = adds_up.then(|| sum(cells.iter()));
        rows.push(std::iter::once(Cell::Text(name.clone())).chain(cells.iter().cloned()).chain(total).collect());
    }
    if adds_up {
        columns.push(asking.column("Total".to_owned(), measure));
        let totals = (1..columns.len()).map(|at| sum(rows.iter().map(|row| &row[at])));
        let totals = std::iter::once(Cell::Text("Total".to_owned())).chain(totals).collect();
        rows.push(totals);
    }
    TableData { columns, rows }
}
