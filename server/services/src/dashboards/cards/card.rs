//! One card: its question, and what is made of the answer.

use domain::charts::{ChartCard, ChartKind, ChartSpec, TableData};
use domain::dashboards::{BoardCard, CardContent, CardView, DashboardView, Picture, RowFilter};
use domain::format;
use domain::question::Cell;
use domain::range::DateRange;
use domain::semantic::Dimension;

use super::{Asking, analyses, beside_rest, by_value, figure, goal, grid, over_time, plain_table, scatter, share, waterfall};
use crate::analytics::{Overview, Reading};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// What a picture brings beside its heading.
pub(super) struct Drawn {
    pub(super) spec: ChartSpec,
    pub(super) table: TableData,
    pub(super) subtitle: String,
    pub(super) summary: String,
}

/// A card as it is shown. What cannot be answered says so in its place, and the others stand.
pub(in crate::dashboards) async fn view(
    (services, reading, overview): (&Services, &Reading, &Overview),
    actor: &Actor,
    (index, card): (usize, &BoardCard),
    days: (&DashboardView, DateRange),
) -> CardView {
    let parts: (&Services, &Tx, &Overview) = (services, reading, overview);
    let picture = Picture::of(card);
    let blank =
        |content| CardView { place: index, title: card.heading(), subtitle: String::new(), picture, width: card.width, content, row_filter: None };
    let answered = async {
        match card.analysis {
            Some(_) => analyses::content(parts, actor, (index, card), days).await.map(unfiltered),
            None => {
                let asking = Asking::of(parts, actor, card, days).await?;
                match picture {
                    Picture::Table | Picture::Pivot if card.goal.is_none() => rows(&asking, picture, card.rest_of).await,
                    _ => content(&asking, (index, card), picture).await.map(unfiltered),
                }
            }
        }
    };
    match reading.in_time(services, answered).await {
        Ok((subtitle, content, row_filter)) => CardView { subtitle, row_filter, ..blank(content) },
        Err(error) => blank(CardContent::Failed(sentence(&error.into_app()))),
    }
}

/// A card before there are any data: in its place, and empty.
pub(in crate::dashboards) fn unasked((index, card): (usize, &BoardCard)) -> CardView {
    CardView {
        place: index,
        title: card.heading(),
        subtitle: String::new(),
        picture: Picture::of(card),
        width: card.width,
        content: CardContent::Empty("There is no data yet.".to_owned()),
        row_filter: None,
    }
}

fn sentence(error: &domain::AppError) -> String {
    error.fields.first().map_or_else(|| error.message.clone(), |field| field.message.clone())
}

fn unfiltered((subtitle, content): (String, CardContent)) -> (String, CardContent, Option<RowFilter>) {
    (subtitle, content, None)
}

/// A table, with what a click on its rows filters by: the value in their first cell, unless that is a time.
async fn rows(asking: &Asking<'_>, picture: Picture, rest_of: Option<Dimension>) -> Result<(String, CardContent, Option<RowFilter>)> {
    let (table, note, mut values) = match (rest_of, picture) {
        (Some(dimension), _) => (beside_rest::table(asking, dimension).await?, String::new(), Vec::new()),
        (None, Picture::Pivot) => grid::pivot(asking).await?,
        (None, _) => {
            let (table, has_more, values) = plain_table::table(asking).await?;
            let note = if has_more { format!("; the first {} rows", format::number(table.rows.len() as i64)) } else { String::new() };
            (table, note, values)
        }
    };
    // Below the values there may be their sum.
    values.resize(table.rows.len(), String::new());
    let dimension = asking.question.dimensions.first().filter(|_| values.iter().any(|value| !value.is_empty()));
    let row_filter = dimension.map(|dimension| RowFilter { dimension: *dimension, values });
    let content = if table.rows.is_empty() { CardContent::Empty(nothing(asking)) } else { CardContent::Table(table) };
    Ok((asking.unit_words() + &note, content, row_filter))
}

async fn content(asking: &Asking<'_>, (index, card): (usize, &BoardCard), picture: Picture) -> Result<(String, CardContent)> {
    if let Some(goal) = card.goal {
        return Ok((String::new(), CardContent::Figure(goal::figure(asking, goal).await?)));
    }
    if picture == Picture::Figure {
        return Ok((String::new(), CardContent::Figure(figure::figure(asking).await?)));
    }
    let drawn = match picture {
        _ if card.share_of.is_some() => share::draw(asking, card.share_of, picture).await?,
        Picture::Waterfall => waterfall::draw(asking).await?,
        Picture::Scatter => scatter::draw(asking).await?,
        Picture::HeatMap => grid::heat_map(asking).await?,
        _ if asking.grain.is_some() => over_time::draw(asking, picture).await?,
        _ => by_value::draw(asking, picture).await?,
    };
    let Some(Drawn { spec, table, subtitle, summary }) = drawn else {
        let has_no_past = picture == Picture::Waterfall && asking.chosen.comparable().is_none();
        let words = if has_no_past { waterfall::NOTHING_BEFORE.to_owned() } else { nothing(asking) };
        return Ok((asking.unit_words(), CardContent::Empty(words)));
    };
    let card = ChartCard { id: format!("card-{index}"), title: card.heading(), subtitle: subtitle.clone(), spec, table, summary };
    Ok((subtitle, CardContent::Chart(Box::new(card))))
}

fn nothing(asking: &Asking<'_>) -> String {
    let during = crate::dashboards::words::during(asking.chosen.range, asking.chosen.calendar);
    let filtered = if asking.question.filters.is_empty() { "" } else { " that match the filters" };
    format!("No orders{filtered} {during}.")
}

/// A picture with nothing on it yet.
pub(super) fn blank(kind: ChartKind) -> ChartSpec {
    ChartSpec {
        kind,
        categories: Vec::new(),
        filter_values: Vec::new(),
        filter_dimension: None,
        series: Vec::new(),
        row_labels: Vec::new(),
        heat: Vec::new(),
        begins_late: false,
        incomplete_from: None,
        currency: None,
        marks: Vec::new(),
    }
}

/// The sum of what adds up; none of nothing.
pub(super) fn sum<'a>(cells: impl Iterator<Item = &'a Cell>) -> Cell {
    cells.fold(Cell::None, |sum, cell| match (sum, cell) {
        (sum, Cell::None | Cell::Text(_)) => sum,
        (Cell::Int(sum), Cell::Int(value)) => sum.checked_add(*value).map_or(Cell::Float(sum as f64 + *value as f64), Cell::Int),
        (Cell::None | Cell::Text(_), value) => value.clone(),
        (sum, value) => Cell::Float(sum.as_f64().unwrap_or_default() + value.as_f64().unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_adds_up_to_nothing_and_numbers_to_their_sum() {
        assert_eq!(sum([].iter()), Cell::None);
        assert_eq!(sum([Cell::None, Cell::Int(2), Cell::Int(-5)].iter()), Cell::Int(-3));
        assert_eq!(sum([Cell::Int(2), Cell::Float(0.5)].iter()), Cell::Float(2.5));
        assert_eq!(sum([Cell::Int(i64::MAX), Cell::Int(1)].iter()), Cell::Float(i64::MAX as f64 + 1.0));
    }
}
