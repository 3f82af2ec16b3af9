//! One page of the rows behind a card, and what they add up to.

use domain::dashboards::{BoardCard, BoardKey, CardRows, DashboardView, ROWS_OF_A_PAGE};
use domain::question::{Cell, FilterOp, Question};
use domain::range::DateRange;
use domain::semantic::Dimension;
use domain::{AppError, Currency, ErrorKind, Permission};
use engine::planning::{FactRows, holds_money};

use super::fact_table::{Facts, files, table, total};
use crate::analytics::{Behind, Overview, Reading, overview};
use crate::dashboards::boards::named;
use crate::dashboards::cards::Asking;
use crate::dashboards::words;
use crate::db::Tx;
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
    /// Whether rows of several currencies stand side by side.
    pub(super) is_mixed: bool,
}

/// The rows that a card's figures are made of: the newest first, under the same days, filters and roles, and of the same moment.
pub async fn card_rows(services: &Services, actor: &Actor, rows: RowsAsked) -> Result<CardRows> {
    actor.require(Permission::SeeFigures)?;
    let tx = Reading::page(services, actor.merchant_id).await?;
    tx.whole_in_time(read(services, actor, &tx, &rows)).await
}

async fn read(services: &Services, actor: &Actor, tx: &Tx, rows: &RowsAsked) -> Result<CardRows> {
    let overview = overview(services, actor, tx).await?;
    let asked = asked(services, actor, (tx, &overview), rows).await?;
    let behind = Behind::of(services, tx, &overview, &asked.question, asked.currency).await?;
    let (count, sums) = behind.sums().await?;
    let pages = count.div_ceil(ROWS_OF_A_PAGE.into()).max(1);
    let page = rows.page.clamp(1, pages);
    let facts = Facts::read(tx, actor, behind.page((page - 1) * u64::from(ROWS_OF_A_PAGE), ROWS_OF_A_PAGE).await?).await?;
    let figures = behind.figures().await?;
    let named = |(measure, figure): (&domain::semantic::Measure, &Cell)| (measure.label().to_owned(), words::value(*measure, figure, asked.currency));
    let mut table = table(&behind, &asked, &facts);
    if count > 0 {
        table.rows.push(total(&behind, &asked, count, sums));
    }
    Ok(CardRows {
        key: rows.key,
        place: rows.place,
        board: asked.board.clone(),
        card: asked.card.heading(),
        range: asked.range,
        of_lines: behind.rows == FactRows::Lines,
        figures: asked.question.measures.iter().zip(&figures).map(named).collect(),
        notices: notices(&asked),
        files: files(&facts),
        table,
        count,
        page,
        pages,
    })
}

/// The card's question without what only shapes its answer.
pub(super) async fn asked(services: &Services, actor: &Actor, (tx, overview): (&Tx, &Overview), rows: &RowsAsked) -> Result<Asked> {
    let board = named(tx, actor, rows.key).await?;
    let card = board.cards.get(rows.place).ok_or_else(|| AppError::not_found("card on this board"))?.clone();
    if card.analysis.is_some() {
        let words = "an analysis looks at all orders of its customers or products at once; ask for the rows of a card of figures";
        return Err(AppError::new(ErrorKind::Validation, words).into());
    }
    let days = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    let asking = Asking::of((services, tx, overview), actor, &card, (&rows.key.completed(rows.view.clone()), days)).await?;
    let (range, currency) = (asking.chosen.range, asking.currency);
    let mut question = asking.over(range, None);
    question.dimensions.retain(|dimension| *dimension != Dimension::Currency);
    let question = Question { having: Vec::new(), derived: Vec::new(), order: Vec::new(), limit: None, compare: None, ..question };
    let is_mixed = !holds_money(&question) && overview.currencies.len() > 1;
    Ok(Asked { board: board.title, card, question, range, currency, is_mixed })
}

/// Where the card shows less than its rows are of.
fn notices(asked: &Asked) -> Vec<String> {
    let question = &asked.card.question;
    let split = question.dimensions.iter().map(|dimension| dimension.label().to_lowercase()).collect::<Vec<_>>().join(" and ");
    let is_cut = question.limit.is_some() || !question.having.is_empty();
    let cut = (is_cut && !split.is_empty()).then(|| format!("The card shows only some of them, by {split}; these are the rows of all."));
    let is_ranked = question.filters.iter().any(|filter| matches!(filter.op, FilterOp::Top | FilterOp::Bottom));
    let ranked = is_ranked.then(|| "Only rows of what the card’s ranking chose are shown.".to_owned());
    cut.into_iter().chain(ranked).collect()
}
