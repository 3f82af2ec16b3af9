//! One page of the rows behind a card, and what they add up to.

use domain::dashboards::{BoardCard, BoardKey, CardRows, DashboardView, Picture, ROWS_OF_A_PAGE};
use domain::question::{Cell, Question};
use domain::range::DateRange;
use domain::{AppError, Currency, ErrorKind, Permission};
use engine::planning::FactRows;

use super::fact_table::{Facts, files, table, total};
use super::notices;
use crate::analytics::{Behind, Overview, Reading, overview};
use crate::dashboards::boards::{in_one_currency, named};
use crate::dashboards::cards::Asking;
use crate::dashboards::words;
use crate::{Actor, Result, Services};

/// Which rows: those of a card of a board, for the board's days and filters.
pub struct RowsAsked {
    /// The board.
    pub key: BoardKey,
    /// The card's place on it, from 0.
    pub place: usize,
    /// The board's days and filters.
    pub view: DashboardView,
    /// Which page, from 1.
    pub page: u64,
}

/// What a card asks, ready for its rows.
pub(super) struct Asked {
    pub(super) board: String,
    pub(super) card: BoardCard,
    pub(super) question: Question,
    pub(super) range: DateRange,
    pub(super) currency: Currency,
}

/// The rows that a card's figures are made of: the newest first, under the same days, filters and roles, and of the same moment.
pub async fn card_rows(services: &Services, actor: &Actor, rows: RowsAsked) -> Result<CardRows> {
    actor.require(Permission::SeeFigures)?;
    let tx = Reading::page(services, actor.merchant_id).await?;
    tx.whole_in_time(read(services, actor, &tx, &rows)).await
}

async fn read(services: &Services, actor: &Actor, tx: &Reading, rows: &RowsAsked) -> Result<CardRows> {
    let overview = overview(services, actor, tx).await?;
    let asked = asked(services, actor, (tx, &overview), rows).await?;
    let behind = Behind::of(services, tx, &overview, &asked.question, asked.currency).await?;
    let (count, sums) = behind.sums().await?;
    let pages = notices::pages(count);
    let page = rows.page.clamp(1, pages);
    let facts = Facts::read(tx, actor, behind.page((page - 1) * u64::from(ROWS_OF_A_PAGE), ROWS_OF_A_PAGE).await?).await?;
    let figures = figures(&asked, behind.is_split(), &behind.figures().await?);
    let mut table = table(&behind, &asked, &facts);
    if count > 0 {
        table.rows.push(total(&behind, count, sums));
    }
    Ok(CardRows {
        key: rows.key,
        place: rows.place,
        board: asked.board.clone(),
        card: asked.card.heading(),
        range: asked.range,
        of_lines: behind.rows == FactRows::Lines,
        figures,
        notices: notices::all(&asked, &behind, count),
        files: files(&facts),
        table,
        count,
        page,
        pages,
    })
}

/// The card's measures over all these rows, as people read them; where they are split by currency, each in each.
fn figures(asked: &Asked, is_split: bool, rows: &[(Currency, Vec<Cell>)]) -> Vec<(String, String)> {
    let mut figures = Vec::new();
    for (currency, row) in rows {
        for (measure, figure) in asked.question.measures.iter().zip(row) {
            let label = if is_split { format!("{}, {currency}", measure.label()) } else { measure.label().to_owned() };
            figures.push((label, words::value(*measure, figure, *currency)));
        }
    }
    figures
}

/// The card's question, over the days that it shows.
pub(super) async fn asked(services: &Services, actor: &Actor, (tx, overview): (&Reading, &Overview), rows: &RowsAsked) -> Result<Asked> {
    let board = named(tx, actor, rows.key).await?;
    let (cards, _) = in_one_currency(services, actor, (tx, overview), (rows.key, &rows.view), board.cards).await?;
    let card = cards.get(rows.place).ok_or_else(|| AppError::not_found("card on this board"))?.clone();
    if card.analysis.is_some() {
        let words = "an analysis looks at all orders of its customers or products at once; ask for the rows of a card of figures";
        return Err(AppError::new(ErrorKind::Validation, words).into());
    }
    let days = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    let asking = Asking::of((services, tx, overview), actor, &card, (&rows.key.completed(rows.view.clone()), days)).await?;
    let (chosen, currency) = (&asking.chosen, asking.currency);
    // A waterfall leads to the days that are over.
    let is_settled = Picture::of(&card) == Picture::Waterfall && chosen.settled.from <= chosen.settled.to;
    let range = if is_settled { chosen.settled } else { chosen.range };
    let question = asking.over(range, None);
    Ok(Asked { board: board.title, card, question, range, currency })
}
