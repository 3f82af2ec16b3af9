//! The figures of one card as a table: those that the card shows.

use domain::charts::TableData;
use domain::dashboards::{BoardCard, BoardKey, BoardView, CardContent, DashboardView, Picture};
use domain::question::{Cell, Filter};
use domain::range::{DateRange, RangeChoice};
use domain::semantic::Dimension;
use domain::{AppError, Permission, format};

use crate::analytics::{Overview, Reading, overview};
use crate::dashboards::boards::view_board;
use crate::dashboards::cards::{Asking, all_rows, name};
use crate::{Actor, Result, Services};

/// A card's table, and what has to be said beside it once it has left the board.
pub(in crate::dashboards) struct CardTable {
    pub(super) shop: String,
    pub(super) board: String,
    pub(super) card: String,
    pub(super) range: DateRange,
    /// By what it is filtered: what, and which values.
    pub(super) filters: Vec<(String, String)>,
    pub(super) table: TableData,
    /// What the card says below its heading: the unit, and whether there is more than it shows.
    pub(super) said: String,
    /// Whether these are the first rows of more than a file holds.
    pub(super) has_more: bool,
}

impl CardTable {
    /// A table of a board's card, told with what it is filtered by.
    pub(in crate::dashboards) fn of(
        overview: &Overview,
        (board, card): (String, String),
        range: DateRange,
        filters: &[Filter],
        table: TableData,
    ) -> Self {
        Self {
            shop: overview.merchant.name.clone(),
            board,
            card,
            range,
            filters: filters.iter().map(spoken).collect(),
            table,
            said: String::new(),
            has_more: false,
        }
    }
}

/// Cards are counted as the board was saved: some may be left out where it is shown. Its answers are kept, so the others cost nothing to whoever looked at it just now.
pub(super) async fn card_table(services: &Services, actor: &Actor, key: BoardKey, index: usize, view: DashboardView) -> Result<CardTable> {
    actor.require(Permission::SeeFigures)?;
    let board = view_board(services, actor, key, view.clone()).await?;
    let Some((card, shown)) = board.cards.iter().zip(&board.views).find(|(_, shown)| shown.place == index) else {
        return Err(AppError::not_found("card on this board").into());
    };
    let is_plain = shown.picture == Picture::Table && card.analysis.is_none() && card.rest_of.is_none();
    let (table, has_more) = match &shown.content {
        CardContent::Table(_) if is_plain => answered(services, actor, card, &board, &view).await?,
        CardContent::Table(table) => (table.clone(), false),
        CardContent::Chart(chart) => (chart.table.clone(), false),
        CardContent::Figure(_) => answered(services, actor, card, &board, &view).await?,
        CardContent::Empty(words) | CardContent::Failed(words) => return Err(AppError::conflict(words.clone()).into()),
    };
    let own = card.question.time.and_then(|time| DateRange::new(time.from?, time.to?).ok());
    let last = board.data.as_ref().map(|data| data.days.to.min(data.today).max(data.days.from));
    let own = card.goal.zip(last).and_then(|(goal, last)| goal.days(last, board.merchant.calendar())).or(own);
    let others = view.filters.iter().filter(|filter| !card.question.filters.contains(filter));
    Ok(CardTable {
        shop: board.merchant.name.clone(),
        board: board.title.clone(),
        card: card.heading(),
        range: own.unwrap_or(board.range),
        filters: card.question.filters.iter().chain(others).map(spoken).collect(),
        said: if is_plain { table_words(has_more, &table) } else { shown.subtitle.clone() },
        has_more,
        table,
    })
}

/// The plain answer to a card's question, for the days that the board shows: one row for a figure, and of a table all rows, not only the first.
async fn answered(services: &Services, actor: &Actor, card: &BoardCard, board: &BoardView, view: &DashboardView) -> Result<(TableData, bool)> {
    let tx = Reading::question(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let view = DashboardView { range: Some(RangeChoice::Custom(board.range)), ..view.clone() };
    let days = overview.days().unwrap_or(board.range);
    let rows = async { all_rows(&Asking::of((services, &tx, &overview), actor, card, (&view, days)).await?).await };
    tx.in_time(services, rows).await
}

/// A card shows fewer rows of a table than its file holds, so that its own words are not the file's.
fn table_words(has_more: bool, table: &TableData) -> String {
    if has_more { format!("the first {} rows of more", format::number(table.rows.len() as i64)) } else { "all rows".to_owned() }
}

/// A filter in words: of what, and which values.
pub(super) fn spoken(filter: &Filter) -> (String, String) {
    if let (Some(n), Some(by)) = (filter.n, filter.by) {
        return (format!("{} {}", filter.dimension.label(), filter.op.words()), format!("{n} by {}", by.label()));
    }
    let values: Vec<String> = filter.values.iter().map(|value| name(filter.dimension, &cell(filter.dimension, value))).collect();
    (format!("{} {}", filter.dimension.label(), filter.op.words()), values.join(", "))
}

/// A filter's value as an answer would hold it.
fn cell(dimension: Dimension, value: &str) -> Cell {
    match (dimension, value.parse()) {
        (Dimension::Weekday | Dimension::Hour, Ok(number)) => Cell::Int(number),
        _ => Cell::Text(value.to_owned()),
    }
}
