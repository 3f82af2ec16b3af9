//! Marking boards.

use domain::dashboards::{BoardKey, StandardBoard};
use domain::{AppError, Permission};
use entity::board_favourite::{self, Column};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::stored;
use crate::{Actor, Result, Services};

/// Marks a board for whoever asks, or takes the mark off. Only people have favourites.
pub async fn mark_board(services: &Services, actor: &Actor, key: BoardKey, is_favourite: bool) -> Result<()> {
    actor.require(Permission::SeeFigures)?;
    let user = actor.person()?;
    if is_favourite && matches!(key, BoardKey::Standard(board) if !StandardBoard::ALL.contains(&board)) {
        let words = "this board shows one thing at a time, and a mark would not say which; keep its address instead";
        return Err(AppError::conflict(words).into());
    }
    let tx = services.db.write(actor.merchant_id).await?;
    if let BoardKey::Own(id) = key {
        stored::find(&tx, actor, id).await?;
    }
    let board = key.to_string();
    board_favourite::delete(actor.merchant_id, user).filter(Column::Board.eq(board.clone())).exec(&*tx).await?;
    if is_favourite {
        let row = board_favourite::Model { merchant_id: actor.merchant_id.0, user_id: user.0, board };
        board_favourite::Entity::insert(row.into_active_model()).exec_without_returning(&*tx).await?;
    }
    tx.commit().await
}
