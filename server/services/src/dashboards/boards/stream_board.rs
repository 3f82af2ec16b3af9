//! A board in parts, each as soon as it is ready.

use std::collections::BTreeSet;

use domain::dashboards::{BoardKey, BoardView, DashboardView};
use futures::future;
use futures::stream::{self, BoxStream, StreamExt as _};
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;
use tracing::Instrument as _;

use super::opened::{Answered, Opened, open};
use super::parked::Asked;
use crate::dashboards::annotations::SAID;
use crate::{Actor, Result, Services};

/// A part of a board.
#[derive(Debug)]
pub enum BoardPart {
    /// Everything but the answered cards.
    Head(Box<BoardView>),
    /// A card as it was saved, and as it is shown.
    Card(Box<Answered>),
    /// All cards were told. What ends without it broke off.
    End,
}

/// The parts of a board.
pub type BoardParts = BoxStream<'static, Result<BoardPart>>;

/// A board in parts: its head, its cards as each is ready, and the end; or an error that breaks it off.
///
/// Cards in the places that somebody has are neither asked nor told. When the parts are dropped, the work on them stops.
pub async fn stream_board(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView, has: BTreeSet<usize>) -> Result<BoardParts> {
    let board = open(services, (actor, actor), (key, view), (|_| true, SAID)).await?;
    let head = board.head.clone();
    Ok(headed(head, answering(services, board, has)))
}

/// The parts that a board shown soon did not have: the work on them is taken over with its ticket, or begun anew.
pub async fn rest_of_board(
    services: &Services,
    actor: &Actor,
    (key, view): (BoardKey, DashboardView),
    (ticket, has): (Option<&str>, BTreeSet<usize>),
) -> Result<BoardParts> {
    let asked = Asked::new(actor, key, &view);
    match ticket.and_then(|ticket| services.parked.take(ticket, &asked)) {
        Some(parts) => Ok(parts),
        None => stream_board(services, actor, key, view, has).await,
    }
}

/// The parts behind a head.
pub(super) fn headed(head: BoardView, parts: impl futures::Stream<Item = Result<BoardPart>> + Send + 'static) -> BoardParts {
    let head = future::ready(Ok(BoardPart::Head(Box::new(head))));
    stream::once(head).chain(parts).boxed()
}

/// Answers a board's cards away from whoever takes them.
pub(super) fn answering(services: &Services, board: Opened, has: BTreeSet<usize>) -> ReceiverStream<Result<BoardPart>> {
    // Room for all parts: whoever reads slowly keeps neither a turn nor a transaction.
    let (sender, parts) = mpsc::channel(board.shapes().len() + 1);
    let work = async move {
        tokio::select! {
            () = tell(&board, &has, &sender) => {}
            () = sender.closed() => {}
        }
    };
    services.tasks.spawn(work.in_current_span());
    ReceiverStream::new(parts)
}

/// Sends all parts. Whether somebody still takes them is for the caller to watch.
async fn tell(board: &Opened, has: &BTreeSet<usize>, sender: &Sender<Result<BoardPart>>) {
    let mut cards = board.cards(has);
    while let Some(card) = cards.next().await {
        let is_broken = card.is_err();
        let _ = sender.send(card.map(|card| BoardPart::Card(Box::new(card)))).await;
        if is_broken {
            return;
        }
    }
    let _ = sender.send(Ok(BoardPart::End)).await;
}
