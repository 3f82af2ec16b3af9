//! A board with the answers to all its questions, in one request; or with those that are there soon.

use std::time::Duration;

use domain::Permission;
use domain::dashboards::{Annotation, BoardCard, BoardKey, BoardView, CardView, DashboardView};
use domain::range::DateRange;
use futures::stream::{StreamExt as _, TryStreamExt as _};
use tokio::time::{Instant, timeout_at};

use super::opened::{Answered, Opened, open};
use crate::analytics::{Reading, overview};
use crate::dashboards::annotations::SAID;
use crate::dashboards::cards as shown;
use crate::{Actor, Result, Services};

/// A board for the days and filters of a view. All its answers are of one moment, and are kept until the data change.
pub async fn view_board(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView) -> Result<BoardView> {
    view_board_as(services, (actor, actor), key, view).await
}

/// The same to be handed on, on paper: of the notes all that people wrote for everybody, and neither what one of them keeps for
/// themselves nor the names of files that arrived.
pub(in crate::dashboards) async fn view_board_on_paper(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView) -> Result<BoardView> {
    let of_all = |note: &Annotation| note.is_shared && note.id.is_some();
    whole(open(services, (actor, actor), (key, view), (of_all, usize::MAX)).await?).await
}

/// A board that the first may open, with the figures that the second may see.
pub(in crate::dashboards) async fn view_board_as(
    services: &Services,
    actors: (&Actor, &Actor),
    key: BoardKey,
    view: DashboardView,
) -> Result<BoardView> {
    whole(open(services, actors, (key, view), (|_| true, SAID)).await?).await
}

async fn whole(board: Opened) -> Result<BoardView> {
    let answered = board.cards(None).try_collect().await?;
    Ok(board.with(answered))
}

/// A board with those of its first cards that are answered within some time from when it was opened, and whether these are all.
pub async fn view_board_soon(
    services: &Services,
    actor: &Actor,
    key: BoardKey,
    view: DashboardView,
    patience: Duration,
) -> Result<(BoardView, bool)> {
    let board = open(services, (actor, actor), (key, view), (|_| true, SAID)).await?;
    let (answered, is_whole) = answered_by(&board, Instant::now() + patience).await?;
    Ok((board.with(answered), is_whole))
}

async fn answered_by(board: &Opened, ends: Instant) -> Result<(Vec<Answered>, bool)> {
    let (mut cards, mut answered) = (board.cards(None), Vec::new());
    while let Ok(card) = timeout_at(ends, cards.next()).await {
        match card {
            Some(card) => answered.push(card?),
            None => return Ok((answered, true)),
        }
    }
    Ok((answered, false))
}

/// One card as it would be shown, before it is saved.
pub async fn preview_card(services: &Services, actor: &Actor, card: BoardCard, view: DashboardView) -> Result<CardView> {
    actor.require(Permission::SeeFigures)?;
    card.is_sound()?;
    let tx = Reading::question(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let days = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    Ok(shown::view((services, &tx, &overview), actor, (0, &card), (&view, days)).await)
}
