//! How much each row of a table grew against the days that the board is set against.

use std::collections::HashMap;

use domain::charts::TableColumn;
use domain::question::{Answer, Cell, ColumnKind, Question, Transform};
use domain::range::DateRange;
use engine::planning::narrowed_to;

use super::Asking;
use super::keyed::key;
use crate::Result;
use crate::dashboards::words;

/// Rows by the values that tell them apart.
type Rows = HashMap<Vec<String>, Vec<Cell>>;

/// The growth of some measures, row by row.
pub(super) struct Growth {
    pub(super) columns: Vec<TableColumn>,
    keys: usize,
    /// Where the measures stand in a row, after its keys.
    places: Vec<usize>,
    now: Rows,
    before: Rows,
}

/// What the card's table says of growth beside its answer: nothing where it was not asked for, or where there is nothing to compare with.
pub(super) async fn growth(asking: &Asking<'_>, answer: &Answer) -> Result<Option<Growth>> {
    let measures = &asking.question.measures;
    let grown = asking.question.derived.iter().filter(|derived| derived.transform == Transform::Growth);
    let places: Vec<usize> = grown.filter_map(|derived| measures.iter().position(|measure| *measure == derived.measure)).collect();
    let (false, Some((comparison, range)), None) = (places.is_empty(), asking.chosen.comparable(), asking.grain) else { return Ok(None) };
    let settled = asking.chosen.settled;
    // What the card's own days chose is looked for in both ranges: other thresholds and rankings would be about other rows.
    let all = asking.about_all_rows(&asking.over(asking.chosen.range, None)).await?;
    let (now, before) = (rows(asking, &all, settled, answer).await?, rows(asking, &all, range, answer).await?);
    let (Some(now), Some(before)) = (now, before) else { return Ok(None) };
    let with = words::compared_with(comparison, settled, range, asking.chosen.calendar);
    let column = |place: &usize| {
        let title = format!("{} on {with}", measures[*place].label());
        TableColumn { title, kind: ColumnKind::Ratio, currency: None }
    };
    Ok(Some(Growth { columns: places.iter().map(column).collect(), keys: asking.question.dimensions.len(), places, now, before }))
}

/// The rows of some days, all of them or, where those are too many, the answer's. A row that was cut off would look as if it had not been there.
async fn rows(asking: &Asking<'_>, all: &Question, range: DateRange, answer: &Answer) -> Result<Option<Rows>> {
    let question = Question { time: Some(range.into()), ..all.clone() };
    let mut found = asking.ask(question.clone()).await?;
    if found.truncated {
        found = asking.ask(narrowed_to(answer, &question)).await?;
    }
    let keys = question.dimensions.len();
    Ok((!found.truncated).then(|| found.rows.into_iter().map(|row| (keys_of(&row[..keys]), row)).collect()))
}

fn keys_of(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(key).collect()
}

impl Growth {
    /// The changes of a row as shares of what was before; of what was nothing before, none.
    pub(super) fn of(&self, row: &[Cell]) -> Vec<Cell> {
        let keys = keys_of(&row[..self.keys]);
        let amount = |rows: &Rows, place: usize| rows.get(&keys)?.get(self.keys + place)?.as_f64();
        let growth = |place: &usize| match amount(&self.before, *place) {
            Some(before) if before > 0.0 => Cell::Float((amount(&self.now, *place).unwrap_or(0.0) - before) / before),
            _ => Cell::None,
        };
        self.places.iter().map(growth).collect()
    }
}
