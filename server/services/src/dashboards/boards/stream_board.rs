//! A board in parts, each as soon as it is ready.

use domain::dashboards::{BoardCard, BoardKey, BoardView, CardView, DashboardView};
use futures::stream::StreamExt as _;
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;
use tracing::Instrument as _;

use super::opened::{Opened, open};
use crate::dashboards::annotations::SAID;
use crate::{Actor, Result, Services};

/// A part of a board.
#[derive(Debug)]
pub enum BoardPart {
    /// Everything but the answered cards.
    Head(Box<BoardView>),
    /// A card as it was saved, and as it is shown.
    Card(Box<(BoardCard, CardView)>),
    /// All cards were told. What ends without it broke off.
    End,
}

/// A board in parts: its head, its cards in their order, and the end; or an error that breaks it off.
///
/// Cards up to the place `after` are neither asked nor told. When the parts are dropped, the work on them stops.
pub async fn stream_board(
    services: &Services,
    actor: &Actor,
    key: BoardKey,
    view: DashboardView,
    after: Option<usize>,
) -> Result<ReceiverStream<Result<BoardPart>>> {
    let board = open(services, (actor, actor), (key, view), (|_| true, SAID)).await?;
    // Room for all parts: whoever reads slowly keeps neither a turn nor a transaction.
    let (sender, parts) = mpsc::channel(board.most_cards() + 2);
    let work = async move {
        tokio::select! {
            () = tell(&board, after, &sender) => {}
            () = sender.closed() => {}
        }
    };
    services.tasks.spawn(work.in_current_span());
    Ok(ReceiverStream::new(parts))
}

/// Sends all parts. Whether somebody still takes them is for the caller to watch.
async fn tell(board: &Opened, after: Option<usize>, sender: &Sender<Result<BoardPart>>) {
    let _ = sender.send(Ok(BoardPart::Head(Box::new(board.head.clone())))).await;
    let mut cards = board.cards(after);
    while let Some(card) = cards.next().await {
        let is_broken = card.is_err();
        let _ = sender.send(card.map(|card| BoardPart::Card(Box::new(card)))).await;
        if is_broken {
            return;
        }
    }
    let _ = sender.send(Ok(BoardPart::End)).await;
}
