//! One number with its change and its course.

use std::collections::HashMap;

use domain::Day;
use domain::dashboards::{Change, Figure};
use domain::question::{Answer, Cell};
use domain::range::DateRange;
use domain::semantic::Dimension;

use super::Asking;
use crate::Result;
use crate::dashboards::words;

pub(super) async fn figure(asking: &Asking<'_>) -> Result<Figure> {
    let (measure, chosen) = (asking.measure(), &asking.chosen);
    let total = async |range: DateRange| -> Result<Cell> { Ok(only(asking.ask(asking.over(range, None)).await?)) };
    let value = total(chosen.range).await?;
    if !measure.has_days() {
        // Stock is of now: it has no before and no course.
        return Ok(Figure { measure, value: words::value(measure, &value, asking.currency), change: None, sparkline: Vec::new(), goal: None });
    }
    let change = match chosen.compared {
        Some((comparison, range)) => {
            let settled = if chosen.is_incomplete() { total(chosen.settled).await? } else { value.clone() };
            let before = if chosen.comparable().is_some() { total(range).await? } else { Cell::None };
            let with = words::compared_with(comparison, chosen.settled, range, chosen.calendar);
            let with = if chosen.is_incomplete() { format!("{with} so far") } else { with };
            Some(words::change(measure, &settled, &before, &with))
        }
        None => so_far(asking).await?,
    };
    let course = asking.ask_whole(asking.over(chosen.range, Some(chosen.grain))).await?;
    let course: HashMap<Day, Cell> = course.rows.into_iter().filter_map(point).collect();
    // A sparkline has no room to say that a period is counted in part: it is of the whole ones.
    let (first, end) = chosen.whole_buckets();
    let shown = chosen.buckets().into_iter().take(end).skip(first);
    let covered = asking.covered(chosen.grain);
    let cell = |day: Day| course.get(&day).cloned().unwrap_or_else(|| covered.without_row(day, measure));
    let sparkline = shown.map(|day| words::plotted(measure, &cell(day), asking.currency)).collect();
    Ok(Figure { measure, value: words::value(measure, &value, asking.currency), change, sparkline, goal: None })
}

/// The change of a day that is not over: its hours so far against those of the other day.
async fn so_far(asking: &Asking<'_>) -> Result<Option<Change>> {
    let (measure, chosen) = (asking.measure(), &asking.chosen);
    let Some(so_far) = chosen.so_far.as_ref().filter(|_| measure.goes_with(Dimension::Hour)) else { return Ok(None) };
    let total = async |range: DateRange| -> Result<Cell> {
        let mut question = asking.over(range, None);
        question.filters.push(so_far.filter());
        Ok(only(asking.ask(question).await?))
    };
    let (now, before) = (total(chosen.range).await?, total(so_far.compared).await?);
    let with = words::compared_with(so_far.comparison, chosen.range, so_far.compared, chosen.calendar);
    Ok(Some(words::change(measure, &now, &before, &format!("{with}, each up to {}:00", so_far.hours))))
}

pub(super) fn only(answer: Answer) -> Cell {
    answer.rows.into_iter().next().and_then(|row| row.into_iter().next()).unwrap_or(Cell::None)
}

fn point(row: Vec<Cell>) -> Option<(Day, Cell)> {
    let mut cells = row.into_iter();
    let day = cells.next()?.as_text()?.parse().ok()?;
    Some((day, cells.next()?))
}
