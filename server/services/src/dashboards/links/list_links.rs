//! The links to a board.

use domain::Permission;
use domain::dashboards::{BoardKey, LinkSummary};
use domain::ids::UserId;
use entity::board_link::{self, Column};
use sea_orm::{QueryOrder, QuerySelect};

use super::stored;
use crate::dashboards::boards::named;
use crate::{Actor, Result, Services};

/// Older ones are history, which the audit log keeps.
const SHOWN: u64 = 200;

/// All links to a board, the newest first: those that work, and those that no longer do.
pub async fn list_links(services: &Services, actor: &Actor, key: BoardKey) -> Result<Vec<LinkSummary>> {
    actor.require(Permission::BuildBoards)?;
    let now = services.clock.now_ms();
    let tx = services.db.read(actor.merchant_id).await?;
    let board = named(&tx, actor, key).await?;
    let newest = board_link::find(actor.merchant_id, &key.to_string()).order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(SHOWN);
    let rows = newest.all(&*tx).await?;
    let makers = stored::makers(&tx, actor.merchant_id, &rows, &board.audience).await?;
    Ok(rows.into_iter().map(|row| (UserId(row.created_by), row)).map(|(maker, row)| stored::summary(row, &makers[&maker], key, now)).collect())
}
