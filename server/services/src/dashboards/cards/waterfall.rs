//! From what was to what is, by the contribution of each value of a dimension.

use domain::charts::TableData;
use domain::format;
use domain::question::Cell;
use domain::range::DateRange;
use domain::semantic::Dimension;
use domain::{AppError, ErrorKind};

use super::asking::text_column;
use super::bridge::Bridge;
use super::card::{Drawn, sum};
use super::keyed::{Pair, cell, paired};
use super::{Asking, names};
use crate::Result;
use crate::dashboards::words;

/// One value's part of the change, in the measure's own unit.
struct Step {
    value: Cell,
    before: Cell,
    now: Cell,
    by: i64,
}

pub(super) async fn draw(asking: &Asking<'_>) -> Result<Option<Drawn>> {
    let dimension = asking.question.dimensions[0];
    let Some((comparison, range)) = asking.chosen.comparable() else {
        if asking.ask(asking.over(asking.chosen.range, None)).await?.rows.is_empty() {
            return Ok(None);
        }
        let words = "there is nothing to compare with: the data do not reach back that far; choose other days or another comparison";
        return Err(AppError::new(ErrorKind::Validation, words).into());
    };
    let ask = async |range: DateRange| -> Result<Vec<Vec<Cell>>> { Ok(asking.ask_whole(asking.over(range, None)).await?.rows) };
    let (now, before) = (ask(asking.chosen.settled).await?, ask(range).await?);
    if now.is_empty() && before.is_empty() {
        return Ok(None);
    }
    let mut steps = steps(&now, &before);
    steps.sort_by_key(|step| std::cmp::Reverse(step.by.unsigned_abs()));
    let with = words::compared_with(comparison, asking.chosen.settled, range, asking.chosen.calendar);
    let spec = Bridge {
        dimension,
        before: (format::range(range), total(&before) as f64),
        now: (format::range(asking.chosen.settled), total(&now) as f64),
        steps: steps.iter().map(|step| (step.value.clone(), step.by as f64)).collect(),
        rest: None,
    }
    .spec(asking);
    let summary = said(asking, dimension, &steps, &with);
    let subtitle = format!("{} against {with}, by {}", asking.unit_words(), dimension.label().to_lowercase());
    Ok(Some(Drawn { spec, table: table(asking, dimension, steps, &with), subtitle, summary }))
}

fn steps(now: &[Vec<Cell>], before: &[Vec<Cell>]) -> Vec<Step> {
    let step = |pair: Pair<'_>| {
        let (before, now) = (cell(pair.before, 1), cell(pair.now, 1));
        Step { value: pair.value.clone(), by: whole(&now) - whole(&before), before, now }
    };
    paired(before, now).into_iter().map(step).collect()
}

fn whole(cell: &Cell) -> i64 {
    cell.as_i64().or_else(|| cell.as_f64().map(|value| value.round() as i64)).unwrap_or(0)
}

fn total(rows: &[Vec<Cell>]) -> i64 {
    whole(&sum(rows.iter().map(|row| &row[1])))
}

fn table(asking: &Asking<'_>, dimension: Dimension, steps: Vec<Step>, with: &str) -> TableData {
    let measure = asking.measure();
    let columns = vec![
        text_column(dimension.label()),
        asking.column("Now".to_owned(), measure),
        asking.column(format!("Before ({with})"), measure),
        asking.column("Change".to_owned(), measure),
    ];
    let row = |step: Step| vec![Cell::Text(names::name(dimension, &step.value)), step.now, step.before, Cell::Int(step.by)];
    TableData { columns, rows: steps.into_iter().map(row).collect() }
}

/// The change and where it mostly came from, in words.
fn said(asking: &Asking<'_>, dimension: Dimension, steps: &[Step], with: &str) -> String {
    let measure = asking.measure();
    let amount = |value: i64| words::value(measure, &Cell::Int(value.abs()), asking.currency);
    let by: i64 = steps.iter().map(|step| step.by).sum();
    let way = |by: i64| if by < 0 { "down" } else { "up" };
    let parts = steps.iter().take(3).filter(|step| step.by != 0);
    let parts: Vec<String> = parts.map(|step| format!("{} {} {}", names::name(dimension, &step.value), way(step.by), amount(step.by))).collect();
    format!("{} is {} by {} against {with}: {}.", measure.label(), way(by), amount(by), parts.join(", "))
}
