//! A board as it is stored.

use domain::AppError;
use domain::dashboards::{BoardCard, BoardKey};
use domain::ids::{BoardId, MerchantId};
use entity::{board, board_favourite};
use std::collections::BTreeSet;

use crate::db::Tx;
use crate::{Actor, Result};

/// A board with its cards read.
pub(super) struct Stored {
    pub(super) row: board::Model,
    pub(super) cards: Vec<BoardCard>,
    /// Why the others cannot be read, a sentence each: they ask for what no longer exists.
    pub(super) lost: Vec<String>,
}

/// One of the shop's boards.
pub(super) async fn find(tx: &Tx, merchant: MerchantId, id: BoardId) -> Result<Stored> {
    let row = board::by_id(merchant, id).one(&**tx).await?.ok_or_else(|| AppError::not_found("board"))?;
    let lost = parsed(&row.cards).filter_map(|card| card.err().map(|error| error.to_string())).collect();
    Ok(Stored { cards: read_cards(&row.cards), lost, row })
}

/// The cards of a stored board. One that asks for what no longer exists is left out rather than taking the board with it.
pub(super) fn read_cards(json: &str) -> Vec<BoardCard> {
    parsed(json).filter_map(Result::ok).collect()
}

fn parsed(json: &str) -> impl Iterator<Item = serde_json::Result<BoardCard>> {
    let cards: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    cards.into_iter().map(serde_json::from_value)
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
