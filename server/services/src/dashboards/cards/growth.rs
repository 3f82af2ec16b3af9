//! How much each row of a table grew against the days that the board is set against.

use domain::charts::TableColumn;
use domain::question::{Cell, ColumnKind, Question, Transform};
use domain::range::DateRange;

use super::Asking;
use crate::Result;
use crate::dashboards::words;

/// The growth of a measure, row by row.
pub(super) struct Growth {
    pub(super) column: TableColumn,
    keys: usize,
    place: usize,
    now: Vec<Vec<Cell>>,
    before: Vec<Vec<Cell>>,
}

/// What the card's table says of growth: nothing where it was not asked for, or where there is nothing to compare with.
pub(super) async fn growth(asking: &Asking<'_>) -> Result<Option<Growth>> {
    let wanted = asking.question.derived.iter().find(|derived| derived.transform == Transform::Growth);
    let place = wanted.and_then(|wanted| asking.question.measures.iter().position(|measure| *measure == wanted.measure));
    let (Some(place), Some((comparison, range)), None) = (place, asking.chosen.comparable(), asking.grain) else { return Ok(None) };
    let ask = async |range: DateRange| asking.ask(Question { limit: None, order: Vec::new(), ..asking.over(range, None) }).await;
    let (now, before) = (ask(asking.chosen.settled).await?, ask(range).await?);
    if now.truncated || before.truncated {
        // A row that was cut off would look as if it had not been there.
        return Ok(None);
    }
    let with = words::compared_with(comparison, asking.chosen.settled, range);
    let title = format!("{} on {with}", asking.question.measures[place].label());
    Ok(Some(Growth {
        column: TableColumn { title, kind: ColumnKind::Ratio, currency: None },
        keys: asking.question.dimensions.len(),
        place,
        now: now.rows,
        before: before.rows,
    }))
}

impl Growth {
    /// The change of a row as a share of what was before; of what was nothing before, none.
    pub(super) fn of(&self, row: &[Cell]) -> Cell {
        let amount = |rows: &[Vec<Cell>]| {
            let same = rows.iter().find(|other| other[..self.keys] == row[..self.keys])?;
            same.get(self.keys + self.place)?.as_f64()
        };
        match amount(&self.before) {
            // Rounded, so that it is kept and read back as the same number.
            Some(before) if before > 0.0 => Cell::Float(((amount(&self.now).unwrap_or(0.0) - before) / before * 1e6).round() / 1e6),
            _ => Cell::None,
        }
    }
}
