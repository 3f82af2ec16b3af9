//! Annotations on charts over time: a mark for the eye, a column of the table and a sentence for everybody.
//!
//! They are put on after an answer was taken from the cache: an answer is kept for all of a role, and annotations are not.

use domain::Day;
use domain::charts::{ChartCard, ChartKind, ChartMark, TableColumn};
use domain::dashboards::{Annotation, CardContent, CardView};
use domain::question::{Cell, ColumnKind};
use domain::range::Grain;

/// So many sentences of a period are said on a page; the rest are counted.
pub(in crate::dashboards) const SAID: usize = 5;

/// Marks a card that shows a chart over time, each period with at most so many sentences.
pub(in crate::dashboards) fn mark_card(card: &mut CardView, notes: &[Annotation], grain: Grain, said: usize) {
    if let CardContent::Chart(chart) = &mut card.content {
        mark_chart(chart, notes, grain, said);
    }
}

/// Marks one chart, if it is one over time.
pub(in crate::dashboards) fn mark_chart(chart: &mut ChartCard, notes: &[Annotation], grain: Grain, said: usize) {
    let Some(periods) = periods(chart, grain) else { return };
    let told: Vec<Vec<String>> = periods.iter().map(|(from, to)| sentences(notes.iter().filter(|note| note.touches(*from, *to)), said)).collect();
    if told.iter().all(Vec::is_empty) {
        return;
    }
    // What lasts is marked where it begins; the table says it of each period.
    let begins = |index: usize, (from, to): (Day, Day)| {
        let here = notes.iter().filter(|note| note.touches(from, to) && (note.from >= from || index == 0));
        ChartMark { at: index, words: sentences(here, said) }
    };
    let marks = periods.iter().enumerate().map(|(index, period)| begins(index, *period));
    chart.spec.marks = marks.filter(|mark| !mark.words.is_empty()).collect();
    let all: Vec<&str> = chart.spec.marks.iter().flat_map(|mark| &mark.words).map(String::as_str).take(SAID).collect();
    chart.summary.push_str(&format!(" Notes: {}.", all.join("; ")));
    chart.table.columns.push(TableColumn { title: "Notes".to_owned(), kind: ColumnKind::Text, currency: None });
    for (row, told) in chart.table.rows.iter_mut().zip(told) {
        row.push(Cell::Text(told.join("; ")));
    }
}

/// The first and last day of each category of a chart over time.
fn periods(chart: &ChartCard, grain: Grain) -> Option<Vec<(Day, Day)>> {
    let is_over_time = matches!(chart.spec.kind, ChartKind::Line | ChartKind::Area | ChartKind::Column | ChartKind::Stacked);
    let is_timed = chart.table.columns.first().is_some_and(|column| column.kind == ColumnKind::Time);
    if !is_over_time || !is_timed || chart.table.rows.len() != chart.spec.categories.len() {
        return None;
    }
    let starts: Option<Vec<Day>> = chart.table.rows.iter().map(|row| row.first()?.as_text()?.parse().ok()).collect();
    let starts = starts?;
    // A card may have a grain of its own: its days tell.
    let own = starts.windows(2).find_map(|pair| Grain::ALL.into_iter().find(|grain| grain.next(pair[0]) == pair[1]));
    let grain = own.unwrap_or(grain);
    let end = |index: usize| starts.get(index + 1).copied().unwrap_or_else(|| grain.next(starts[index])).plus_days(-1);
    Some((0..starts.len()).map(|index| (starts[index], end(index))).collect())
}

fn sentences<'a>(notes: impl Iterator<Item = &'a Annotation>, most: usize) -> Vec<String> {
    let mut notes: Vec<&Annotation> = notes.collect();
    // What people wrote comes before what arrived.
    notes.sort_by_key(|note| (note.id.is_none(), note.from));
    let more = notes.len().saturating_sub(most);
    let mut said: Vec<String> = notes.into_iter().take(most).map(Annotation::words).collect();
    if more > 0 {
        said.push(format!("and {more} more"));
    }
    said
}
