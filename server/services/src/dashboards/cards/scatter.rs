//! Two measures against each other, a point for each value of a dimension; a third is the point's size.

use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole};
use domain::question::{Cell, Question};

use super::by_value::table;
use super::card::{Drawn, blank};
use super::{Asking, names};
use crate::Result;
use crate::dashboards::words;

/// How many points are shown where the question names no limit.
const POINTS: u32 = 200;

/// Shares as exact as anybody can see, so that they are kept and read back as the same numbers.
fn round(cell: &mut Cell) {
    if let Cell::Float(value) = cell {
        *value = (*value * 1e6).round() / 1e6;
    }
}

pub(super) async fn draw(asking: &Asking<'_>) -> Result<Option<Drawn>> {
    let dimension = asking.question.dimensions[0];
    let question = asking.over(asking.chosen.range, None);
    let limit = question.limit.unwrap_or(POINTS);
    let mut answer = asking.ask(Question { limit: Some(limit), ..question }).await?;
    answer.rows.iter_mut().flatten().for_each(round);
    let is_point = |row: &&Vec<Cell>| row[1..3].iter().all(|cell| cell.as_f64().is_some_and(f64::is_finite));
    let points = answer.rows.iter().filter(is_point).count();
    if points == 0 {
        return Ok(None);
    }
    let axes = asking.question.measures.iter().enumerate().map(|(index, measure)| Series {
        name: measure.label().to_owned(),
        role: SeriesRole::Current,
        values: answer.rows.iter().map(|row| words::plotted(*measure, &row[index + 1], asking.currency)).collect(),
    });
    let spec = ChartSpec {
        categories: answer.rows.iter().map(|row| names::name(dimension, &row[0])).collect(),
        filter_values: answer.rows.iter().map(|row| names::filter_value(&row[0])).collect(),
        filter_dimension: Some(dimension),
        series: axes.collect(),
        ..blank(ChartKind::Scatter)
    };
    let is_cut = answer.truncated || answer.rows.len() >= limit as usize;
    let cut = if is_cut { format!("; the largest {}", answer.rows.len()) } else { String::new() };
    let subtitle = format!("{} by {}{cut}", asking.unit_words(), dimension.label().to_lowercase());
    let (across, up) = (asking.question.measures[0].label(), asking.question.measures[1].label());
    let summary = format!("{points} points: {} across, {} up.", across.to_lowercase(), up.to_lowercase());
    Ok(Some(Drawn { spec, table: table(asking, dimension, answer.rows), subtitle, summary }))
}
