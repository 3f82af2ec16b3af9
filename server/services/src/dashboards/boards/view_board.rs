//! A board with the answers to all its questions, in one request; or with those that are there soon.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::dashboards::{Annotation, BoardCard, BoardKey, BoardView, CardView, DashboardView, RestOfBoard};
use domain::range::DateRange;
use domain::{AppError, Permission};
use futures::stream::{StreamExt as _, TryStreamExt as _};
use tokio::time::{Instant, timeout_at};

use super::opened::{Opened, open, with_cards};
use super::parked::{Asked, Parked};
use super::stream_board::{BoardPart, answering, headed};
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
    let answered = board.cards(&BTreeSet::new()).try_collect().await?;
    Ok(board.with(answered))
}

/// A board with those cards that are answered within some time from when it was opened, and what is missing then.
pub async fn view_board_soon(
    services: &Services,
    actor: &Actor,
    key: BoardKey,
    view: DashboardView,
    patience: Duration,
) -> Result<(BoardView, Option<RestOfBoard>)> {
    let asked = Asked::new(actor, key, &view);
    let board = open(services, (actor, actor), (key, view), (|_| true, SAID)).await?;
    let ends = Instant::now() + patience;
    let (head, mut shapes) = (board.head.clone(), board.shapes());
    let (mut parts, mut answered) = (answering(services, board, BTreeSet::new()), Vec::new());
    while let Ok(part) = timeout_at(ends, parts.next()).await {
        match part.transpose()? {
            Some(BoardPart::Card(card)) => answered.push(*card),
            Some(BoardPart::End) => return Ok((with_cards(head, answered), None)),
            Some(BoardPart::Head(_)) => {}
            None => return Err(AppError::internal().into()),
        }
    }
    shapes.retain(|shape| answered.iter().all(|(_, card)| card.place != shape.place));
    let ticket = Parked::keep(services, asked, headed(head.clone(), parts));
    Ok((with_cards(head, answered), Some(RestOfBoard { ticket, cards: shapes })))
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
