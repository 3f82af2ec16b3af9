//! From what was to what is, by the contribution of each value of a dimension.

use domain::charts::TableData;
use domain::dashboards::ChangeParts;
use domain::format;
use domain::question::{Cell, Question};
use domain::range::DateRange;
use domain::semantic::Dimension;

use super::asking::text_column;
use super::bridge::Bridge;
use super::card::{Drawn, sum};
use super::keyed::{Pair, cell, paired};
use super::{Asking, names};
use crate::Result;
use crate::dashboards::words;

/// What stands in the card's place where no days lie before: on boards that come with the product, the card stays away.
pub(super) const NOTHING_BEFORE: &str =
    "There is nothing to compare with: the data do not reach back that far. Choose other days or another comparison.";

/// One value's part of the change, in the measure's own unit.
struct Step {
    value: Cell,
    before: Cell,
    now: Cell,
    by: i64,
}

pub(super) async fn draw(asking: &Asking<'_>) -> Result<Option<Drawn>> {
    let dimension = asking.question.dimensions[0];
    let Some((comparison, range)) = asking.chosen.comparable() else { return Ok(None) };
    let ask = async |range: DateRange| -> Result<Vec<Vec<Cell>>> { Ok(asking.ask_whole(asking.over(range, None)).await?.rows) };
    let (now, before) = (ask(asking.chosen.settled).await?, ask(range).await?);
    if now.is_empty() && before.is_empty() {
        return Ok(None);
    }
    let mut steps = steps(&now, &before);
    steps.sort_by_key(|step| std::cmp::Reverse(step.by.unsigned_abs()));
    let ends = Ends { before: end(asking, range, &before).await?, now: end(asking, asking.chosen.settled, &now).await? };
    let rest = rest(dimension, &steps, &ends);
    let with = words::compared_with(comparison, asking.chosen.settled, range, asking.chosen.calendar);
    let spec = Bridge {
        dimension,
        before: (format::range(range), ends.before as f64),
        now: (format::range(asking.chosen.settled), ends.now as f64),
        steps: steps.iter().map(|step| (step.value.clone(), step.by as f64)).collect(),
        rest: rest.as_ref().filter(|(_, step)| step.by != 0).map(|(name, step)| (name.clone(), step.by as f64)),
    }
    .spec(asking);
    let summary = said(asking, (dimension, &steps), &ends, &with);
    let subtitle = format!("{} against {with}, by {}", asking.unit_words(), dimension.label().to_lowercase());
    Ok(Some(Drawn { spec, table: table(asking, dimension, (steps, rest), &with), subtitle, summary }))
}

/// The totals that the steps lead between.
struct Ends {
    before: i64,
    now: i64,
}

/// The measure over some days as its figure shows it, undivided: postage is no product, but stands in it. Where the values add up to something else
/// than the measure, or a threshold chooses among them, it is their sum.
async fn end(asking: &Asking<'_>, range: DateRange, rows: &[Vec<Cell>]) -> Result<i64> {
    let is_whole = ChangeParts::of(asking.measure(), asking.question.dimensions[0]) == Some(ChangeParts::Sums) && asking.question.having.is_empty();
    if !is_whole {
        return Ok(total(rows));
    }
    let question = asking.over(range, None);
    let undivided = Question { dimensions: Vec::new(), order: Vec::new(), limit: None, derived: Vec::new(), ..question };
    let answer = asking.ask(undivided).await?;
    Ok(answer.rows.first().and_then(|row| row.first()).map_or(0, whole))
}

/// What is of no value of the dimension, and its name; none where everything is of one.
fn rest(dimension: Dimension, steps: &[Step], ends: &Ends) -> Option<(String, Step)> {
    let of_values = |part: fn(&Step) -> &Cell| steps.iter().map(|step| whole(part(step))).sum::<i64>();
    let (before, now) = (ends.before - of_values(|step| &step.before), ends.now - of_values(|step| &step.now));
    let step = Step { value: Cell::None, before: Cell::Int(before), now: Cell::Int(now), by: now - before };
    (before != 0 || now != 0).then(|| (format!("Not of a {}", dimension.label().to_lowercase()), step))
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

fn table(asking: &Asking<'_>, dimension: Dimension, (steps, rest): (Vec<Step>, Option<(String, Step)>), with: &str) -> TableData {
    let measure = asking.measure();
    let columns = vec![
        text_column(dimension.label()),
        asking.column("Now".to_owned(), measure),
        asking.column(format!("Before ({with})"), measure),
        asking.column("Change".to_owned(), measure),
    ];
    let row = |(name, step): (String, Step)| vec![Cell::Text(name), step.now, step.before, Cell::Int(step.by)];
    let named = steps.into_iter().map(|step| (names::name(dimension, &step.value), step));
    TableData { columns, rows: named.chain(rest).map(row).collect() }
}

/// The change and where it mostly came from, in words.
fn said(asking: &Asking<'_>, (dimension, steps): (Dimension, &[Step]), ends: &Ends, with: &str) -> String {
    let measure = asking.measure();
    let amount = |value: i64| words::value(measure, &Cell::Int(value.abs()), asking.currency);
    let by = ends.now - ends.before;
    let way = |by: i64| if by < 0 { "down" } else { "up" };
    let parts = steps.iter().take(3).filter(|step| step.by != 0);
    let parts: Vec<String> = parts.map(|step| format!("{} {} {}", names::name(dimension, &step.value), way(step.by), amount(step.by))).collect();
    format!("{} is {} by {} against {with}: {}.", measure.label(), way(by), amount(by), parts.join(", "))
}
