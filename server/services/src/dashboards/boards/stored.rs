//! A board as it is stored.

use domain::AppError;
use domain::dashboards::{BoardCard, BoardKey};
use domain::ids::BoardId;
use entity::{board, board_favourite};
use std::collections::BTreeSet;

use super::audience::Audience;
use crate::db::Tx;
use crate::{Actor, Result};

/// A board with its cards read.
pub(super) struct Stored {
    pub(super) row: board::Model,
    pub(super) cards: Vec<BoardCard>,
    /// Why others cannot be read, a sentence each.
    pub(super) lost: Vec<String>,
}

/// One of the shop's boards, if whoever asks may see it.
pub(super) async fn find(tx: &Tx, actor: &Actor, id: BoardId) -> Result<Stored> {
    let row = board::by_id(actor.merchant_id, id).one(&**tx).await?;
    let seen = row.filter(|row| Audience::of(row).includes(actor.role, actor.user_id));
    let row = seen.ok_or_else(|| AppError::not_found("board"))?;
    let (cards, lost) = read_cards(&row);
    Ok(Stored { cards, lost, row })
}

/// The cards of a stored board, and a sentence for each that cannot be read: it is left out rather than taking the board with it.
fn read_cards(row: &board::Model) -> (Vec<BoardCard>, Vec<String>) {
    let cards: Vec<serde_json::Value> = match serde_json::from_str(&row.cards) {
        Ok(cards) => cards,
        Err(error) => {
            tracing::error!(board.id = %row.id, board.version = row.version, error.cause = %error, "the cards of a board cannot be read");
            let lost = "The cards of this board cannot be read; go back to an earlier version of it, or tell whoever runs this server.";
            return (Vec::new(), vec![lost.to_owned()]);
        }
    };
    let (mut read, mut lost) = (Vec::new(), Vec::new());
    for card in cards {
        match serde_json::from_value::<BoardCard>(card) {
            Ok(card) => read.push(card.suited()),
            Err(why) => lost.push(format!("A card is not shown, because it asks for what is no longer there: {why}.")),
        }
    }
    (read, lost)
}

/// How many cards a stored board has, readable or not.
pub(super) fn count_cards(json: &str) -> usize {
    serde_json::from_str::<Vec<serde_json::Value>>(json).map_or(0, |cards| cards.len())
}

/// What whoever asks has marked.
pub(super) async fn favourites(tx: &Tx, actor: &Actor) -> Result<BTreeSet<String>> {
    let Some(user) = actor.user_id else { return Ok(BTreeSet::new()) };
    let rows = board_favourite::find(actor.merchant_id, user).all(&**tx).await?;
    Ok(rows.into_iter().map(|row| row.board).collect())
}

/// The board that a key of the shop's own names.
pub(super) fn own(key: BoardKey) -> Result<BoardId> {
    match key {
        BoardKey::Own(id) => Ok(id),
        BoardKey::Standard(_) => {
            Err(AppError::conflict("this board comes with the product and cannot be changed; make a copy of it, and change that").into())
        }
    }
}
