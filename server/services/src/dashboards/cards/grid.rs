//! Two splits at once: a heat map or a pivot table.

use std::collections::HashMap;

use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole, TableData};
use domain::question::{Cell, Filter, FilterOp, Question};
use domain::semantic::Dimension;
use domain::{Day, format};

use super::asking::text_column;
use super::card::{Drawn, blank, sum};
use super::keyed::key;
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
    let subtitle = asking.unit_words() + cut(&grid);
    let summary = format!("{} in {} rows and {} columns.", measure.label(), grid.rows.len(), grid.columns.len());
    Ok(Some(Drawn { spec, table: table(asking, grid), subtitle, summary }))
}

/// A pivot table, what has to be said of it, and what each of its rows filters by.
pub(super) async fn pivot(asking: &Asking<'_>) -> Result<(TableData, String, Vec<String>)> {
    let Some(grid) = read(asking).await? else { return Ok(<_>::default()) };
    let note = cut(&grid).to_owned();
    let values = grid.rows.iter().map(|(value, _)| names::filter_value(value)).collect();
    Ok((table(asking, grid), note, values))
}

fn cut(grid: &Grid) -> &'static str {
    if grid.is_cut { "; the largest of them" } else { "" }
}

async fn read(asking: &Asking<'_>) -> Result<Option<Grid>> {
    let answer = asking.ask(Question { limit: None, order: Vec::new(), ..asking.over(asking.chosen.range, asking.grain) }).await?;
    let is_cut = answer.truncated;
    let answer = if is_cut { asking.ask_whole(narrowed(asking)).await? } else { answer };
    // Time comes first in an answer and stands above; otherwise the first dimension stands at the side.
    let (side, above) = if asking.grain.is_some() { (1, 0) } else { (0, 1) };
    let dimension = |place: usize| match asking.grain {
        Some(_) => asking.question.dimensions.first().filter(|_| place == 1),
        None => asking.question.dimensions.get(place),
    };
    let (rows, has_more_rows) = axis(asking, &answer.rows, side, dimension(side).copied(), ROWS);
    let (columns, has_more_columns) = axis(asking, &answer.rows, above, dimension(above).copied(), COLUMNS);
    if rows.is_empty() || columns.is_empty() {
        return Ok(None);
    }
    let found: HashMap<(String, String), &Cell> =
        answer.rows.iter().filter_map(|cells| Some(((key(&cells[side]), key(&cells[above])), cells.get(2)?))).collect();
    let covered = asking.grain.map(|grain| asking.covered(grain)).unwrap_or_default();
    let without_row = |column: &Cell| Some(covered.without_row(column.as_text()?.parse().ok()?, asking.measure()));
    let cell = |row: &Cell, column: &Cell| match found.get(&(key(row), key(column))) {
        Some(cell) => (*cell).clone(),
        None => without_row(column).unwrap_or(Cell::None),
    };
    let cells = rows.iter().map(|(row, _)| columns.iter().map(|(column, _)| cell(row, column)).collect()).collect();
    let is_cut = is_cut || has_more_rows || has_more_columns;
    Ok(Some(Grid { row_title: dimension(side).map_or("", |dimension| dimension.label()).to_owned(), rows, columns, cells, is_cut }))
}

/// The question about the largest values of each split and the last buckets only: those that are shown.
fn narrowed(asking: &Asking<'_>) -> Question {
    let mut range = asking.chosen.range;
    if let Some(grain) = asking.grain {
        let buckets = range.buckets(grain, asking.chosen.calendar);
        range.from = buckets[buckets.len().saturating_sub(COLUMNS)..].first().map_or(range.from, |first| range.from.max(*first));
    }
    let mut question = asking.over(range, asking.grain);
    for (index, dimension) in asking.question.dimensions.iter().enumerate().filter(|(_, dimension)| names::clock(**dimension).is_none()) {
        let n = if asking.grain.is_some() || index == 0 { ROWS } else { COLUMNS };
        let largest = Filter { n: Some(n as u32), by: Some(asking.measure()), ..Filter::new(*dimension, FilterOp::Top, Vec::new()) };
        question.filters.push(largest);
    }
    question
}

/// The values along one side, and whether there are more: time and the clock in their order, others the largest first.
fn axis(asking: &Asking<'_>, rows: &[Vec<Cell>], place: usize, dimension: Option<Dimension>, most: usize) -> (Vec<(Cell, String)>, bool) {
    let Some(dimension) = dimension else {
        let grain = asking.grain.unwrap_or(asking.chosen.grain);
        let buckets = asking.chosen.range.buckets(grain, asking.chosen.calendar);
        let named = |day: &Day| (Cell::Text(day.to_string()), format::bucket(*day, grain, asking.chosen.calendar));
        let hidden = buckets.len().saturating_sub(most);
        return (buckets[hidden..].iter().map(named).collect(), hidden > 0);
    };
    if let Some(all) = names::clock(dimension) {
        return (all.map(|value| (Cell::Int(value), names::name(dimension, &Cell::Int(value)))).collect(), false);
    }
    let mut sums: HashMap<String, (&Cell, f64)> = HashMap::new();
    for row in rows {
        let amount = row.get(2).and_then(Cell::as_f64).map_or(0.0, f64::abs);
        sums.entry(key(&row[place])).or_insert((&row[place], 0.0)).1 += amount;
    }
    let mut values: Vec<(&Cell, f64)> = sums.into_values().collect();
    values.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| key(a.0).cmp(&key(b.0))));
    let has_more = values.len() > most;
    (values.into_iter().take(most).map(|(value, _)| (value.clone(), names::name(dimension, value))).collect(), has_more)
}

/// With the sums of rows and columns where they add up to something, and all of them are shown.
fn table(asking: &Asking<'_>, grid: Grid) -> TableData {
    let measure = asking.measure();
    let adds_over_time = asking.grain.is_none() || measure.adds_over_time();
    let adds_up = adds_over_time && asking.question.dimensions.iter().all(|dimension| measure.adds_over(*dimension)) && !grid.is_cut;
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
