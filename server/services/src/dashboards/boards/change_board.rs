//! Putting a board away, and removing it for good.

use domain::Permission;
use domain::dashboards::BoardKey;
use entity::{board, board_favourite, board_link, board_version};
use sea_orm::sea_query::Expr;

use super::stored;
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// Puts a board away, or takes it out again.
pub async fn archive_board(services: &Services, actor: &Actor, key: BoardKey, is_archived: bool) -> Result<()> {
    actor.require(Permission::BuildBoards)?;
    let id = stored::own(key)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let title = stored::find(&tx, actor, id).await?.row.title;
    board::update(actor.merchant_id, id).col_expr(board::Column::IsArchived, Expr::value(is_archived)).exec(&*tx).await?;
    let action = if is_archived { "board.archived" } else { "board.unarchived" };
    record(&tx, services, Event::by(actor, action, title)).await?;
    tx.commit().await
}

/// Removes a board with its versions.
pub async fn delete_board(services: &Services, actor: &Actor, key: BoardKey) -> Result<()> {
    actor.require(Permission::BuildBoards)?;
    let id = stored::own(key)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let title = stored::find(&tx, actor, id).await?.row.title;
    board_link::delete_of_board(actor.merchant_id, &id.to_string()).exec(&*tx).await?;
    board_favourite::delete_of_board(actor.merchant_id, &id.to_string()).exec(&*tx).await?;
    board_version::delete(actor.merchant_id, id).exec(&*tx).await?;
    board::delete(actor.merchant_id, id).exec(&*tx).await?;
    record(&tx, services, Event::by(actor, "board.deleted", title)).await?;
    tx.commit().await
}
