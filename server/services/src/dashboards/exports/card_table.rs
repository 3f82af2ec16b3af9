//! The figures of one card as a table: those that the card shows.

use domain::charts::TableData;
use domain::dashboards::{BoardCard, BoardKey, CardContent, DashboardView};
use domain::question::{Cell, Filter};
use domain::range::DateRange;
use domain::semantic::Dimension;
use domain::{AppError, Permission};

use crate::analytics::{Overview, overview};
use crate::dashboards::boards::{answer_card, named};
use crate::dashboards::cards::{Asking, name, plain_table};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// A card's table, and what has to be said beside it once it has left the board.
pub(super) struct CardTable {
    pub(super) shop: String,
    pub(super) board: String,
    pub(super) card: String,
    pub(super) range: DateRange,
    /// By what it is filtered: what, and which values.
    pub(super) filters: Vec<(String, String)>,
    pub(super) table: TableData,
}

pub(super) async fn card_table(services: &Services, actor: &Actor, key: BoardKey, index: usize, view: &DashboardView) -> Result<CardTable> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let board = named(&tx, actor, key).await?;
    let card = board.cards.get(index).ok_or_else(|| AppError::not_found("card on this board"))?;
    let overview = overview(services, actor, &tx).await?;
    let days = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    let asking = Asking::of((services, &tx, &overview), actor, card, (view, days)).await?;
    let table = table_of(services, actor, (&tx, &overview), (index, card), (view, days), &asking).await?;
    Ok(CardTable {
        shop: overview.merchant.name.clone(),
        board: board.title,
        card: card.heading(),
        range: asking.chosen.range,
        filters: asking.question.filters.iter().map(spoken).collect(),
        table,
    })
}

/// What the card shows. A single figure, and a card with nothing to show, have the plain answer in its place.
async fn table_of(
    services: &Services,
    actor: &Actor,
    parts: (&Tx, &Overview),
    card: (usize, &BoardCard),
    days: (&DashboardView, DateRange),
    asking: &Asking<'_>,
) -> Result<TableData> {
    match answer_card(services, actor, parts, card, days).await?.content {
        CardContent::Table(table) => Ok(table),
        CardContent::Chart(chart) => Ok(chart.table),
        CardContent::Figure(_) | CardContent::Empty(_) => plain_table(asking).await,
        CardContent::Failed(words) => Err(AppError::conflict(words).into()),
    }
}

fn spoken(filter: &Filter) -> (String, String) {
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
