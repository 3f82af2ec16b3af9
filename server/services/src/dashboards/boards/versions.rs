//! Earlier states of a board, and going back to one.

use domain::dashboards::{BoardKey, BoardVersion};
use domain::{AppError, Permission};
use entity::board_version::{self, Column};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::save_board::{self, Content};
use super::stored;
use crate::{Actor, Result, Services};

/// The versions of a board, the newest first.
pub async fn list_versions(services: &Services, actor: &Actor, key: BoardKey) -> Result<Vec<BoardVersion>> {
    actor.require(Permission::SeeFigures)?;
    let id = stored::own(key)?;
    let tx = services.db.read(actor.merchant_id).await?;
    stored::find(&tx, actor, id).await?;
    let rows = board_version::find(actor.merchant_id, id).order_by_desc(Column::Version).all(&*tx).await?;
    let version = |row: board_version::Model| BoardVersion {
        version: row.version,
        cards: stored::count_cards(&row.cards),
        title: row.title,
        saved_at: row.saved_at,
        saved_by: Some(row.saved_by).filter(|name| !name.is_empty()),
    };
    Ok(rows.into_iter().map(version).collect())
}

/// Makes an earlier version the newest again; those between stay in the history.
pub async fn restore_version(services: &Services, actor: &Actor, key: BoardKey, version: i64) -> Result<BoardKey> {
    actor.require(Permission::BuildBoards)?;
    let id = stored::own(key)?;
    let tx = services.db.write(actor.merchant_id).await?;
    stored::find(&tx, actor, id).await?;
    let row = board_version::find(actor.merchant_id, id).filter(Column::Version.eq(version)).one(&*tx).await?;
    let row = row.ok_or_else(|| AppError::not_found("version of this board"))?;
    // As it was written, with cards that cannot be read today: a later version may read them again.
    let content = Content { title: row.title, description: row.description, cards: row.cards };
    save_board::save(services, &tx, actor, (id, None), content, "board.restored").await?;
    tx.commit().await?;
    Ok(key)
}
