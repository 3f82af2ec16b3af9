//! Values of one dimension beside each other: bars, columns, shares, stages.

use domain::charts::{ChartKind, ChartSpec, Series, TableData};
use domain::dashboards::Picture;
use domain::format;
use domain::question::{Cell, Order, Question};
use domain::semantic::Dimension;

use super::asking::{role, text_column, too_many_rows};
use super::card::{Drawn, blank, sum};
use super::{Asking, names};
use crate::Result;
use crate::dashboards::words;

/// How many bars are shown where the question names no limit.
const BARS: u32 = 15;
/// How many shares a donut has; the rest is one more.
const SHARES: usize = 6;

pub(super) async fn draw(asking: &Asking<'_>, picture: Picture) -> Result<Option<Drawn>> {
    let dimension = asking.question.dimensions[0];
    let question = asking.over(asking.chosen.range, None);
    let limit = match picture {
        Picture::Map => question.limit,
        _ if names::clock(dimension).is_some() || picture == Picture::Donut => None,
        _ => Some(question.limit.unwrap_or(BARS)),
    };
    let order = if question.order.is_empty() { vec![Order { by: asking.measure().name().to_owned(), desc: true }] } else { question.order.clone() };
    let answer = asking.ask(Question { limit, order, ..question }).await?;
    if limit.is_none() && answer.truncated {
        return Err(too_many_rows().into());
    }
    if answer.rows.is_empty() {
        return Ok(None);
    }
    let rows = in_place(dimension, answer.rows);
    let (shown, note) = match picture {
        Picture::Donut => with_rest(asking, rows.clone()),
        _ => (rows.clone(), answer.truncated || limit.is_some_and(|limit| rows.len() as u32 >= limit)),
    };
    let name = |row: &Vec<Cell>| if is_rest(row) { rest_name(row) } else { names::name(dimension, &row[0]) };
    let drawn = asking.drawn_measures();
    let series = drawn.iter().enumerate().map(|(place, (index, measure))| Series {
        name: measure.label().to_owned(),
        role: role(place, drawn.len()),
        values: shown.iter().map(|row| row.get(index + 1).and_then(|cell| words::plotted(*measure, cell, asking.currency))).collect(),
    });
    let spec = ChartSpec {
        categories: shown.iter().map(name).collect(),
        filter_values: shown.iter().map(|row| if is_rest(row) { String::new() } else { names::filter_value(&row[0]) }).collect(),
        filter_dimension: Some(dimension),
        series: series.collect(),
        currency: asking.axis(asking.measure()),
        ..blank(kind(picture))
    };
    let largest = if note && picture != Picture::Donut { format!("; the largest {}", rows.len()) } else { String::new() };
    let subtitle = format!("{} by {}{largest}", asking.unit_words(), dimension.label().to_lowercase());
    let summary = spoken(asking, dimension, &rows);
    Ok(Some(Drawn { spec, table: table(asking, dimension, rows), subtitle, summary }))
}

fn kind(picture: Picture) -> ChartKind {
    match picture {
        Picture::Column => ChartKind::Column,
        Picture::Donut => ChartKind::Donut,
        Picture::Funnel => ChartKind::Funnel,
        Picture::Map => ChartKind::Map,
        _ => ChartKind::Bar,
    }
}

/// Weekdays and hours stand in their own order, those without sales among them.
fn in_place(dimension: Dimension, rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let Some(all) = names::clock(dimension) else { return rows };
    let width = rows.first().map_or(2, Vec::len);
    let nothing = |value: i64| std::iter::once(Cell::Int(value)).chain(std::iter::repeat_n(Cell::None, width - 1)).collect();
    all.map(|value| rows.iter().find(|row| row[0] == Cell::Int(value)).cloned().unwrap_or_else(|| nothing(value))).collect()
}

/// The largest shares, and what is left of the whole as one. A share cannot be negative: such values stand in the table only.
fn with_rest(asking: &Asking<'_>, rows: Vec<Vec<Cell>>) -> (Vec<Vec<Cell>>, bool) {
    let mut shares: Vec<Vec<Cell>> = rows.into_iter().filter(|row| row[1].as_f64().is_some_and(|value| value > 0.0)).collect();
    let rest = shares.split_off(shares.len().min(SHARES));
    let has_rest = !rest.is_empty() && asking.measure().adds_over(asking.question.dimensions[0]);
    if has_rest {
        shares.push(vec![Cell::Float(rest.len() as f64), sum(rest.iter().map(|row| &row[1]))]);
    }
    (shares, has_rest)
}

/// No dimension has a fraction for its value: it marks the rest, and counts what is in it.
fn is_rest(row: &[Cell]) -> bool {
    matches!(row.first(), Some(Cell::Float(_)))
}

fn rest_name(row: &[Cell]) -> String {
    format!("{} others", format::number(row[0].as_f64().unwrap_or_default() as i64))
}

pub(super) fn table(asking: &Asking<'_>, dimension: Dimension, rows: Vec<Vec<Cell>>) -> TableData {
    let measures = asking.question.measures.iter().map(|measure| asking.column(measure.label().to_owned(), *measure));
    let named = |mut row: Vec<Cell>| {
        row[0] = Cell::Text(names::name(dimension, &row[0]));
        row
    };
    TableData { columns: std::iter::once(text_column(dimension.label())).chain(measures).collect(), rows: rows.into_iter().map(named).collect() }
}

fn spoken(asking: &Asking<'_>, dimension: Dimension, rows: &[Vec<Cell>]) -> String {
    let (measure, currency) = (asking.measure(), asking.currency);
    let first = rows.iter().take(3).map(|row| format!("{}, {}", names::name(dimension, &row[0]), words::value(measure, &row[1], currency)));
    let order = if names::clock(dimension).is_some() { "from the first" } else { "the largest first" };
    format!("{} by {}, {order}: {}.", measure.label(), dimension.label().to_lowercase(), first.collect::<Vec<_>>().join("; "))
}
