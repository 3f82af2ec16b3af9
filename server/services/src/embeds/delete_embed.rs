//! Taking a board away, with its secrets.

use domain::Permission;
use domain::ids::EmbedId;
use entity::embed;
use sea_orm::{ColumnTrait, QueryFilter};

use super::board::find_board;
use super::{frame_policy, secrets};
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// Removes a board and forgets its secrets.
pub async fn delete_embed(services: &Services, actor: &Actor, id: EmbedId) -> Result<()> {
    actor.require(Permission::ManageBoards)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let board = find_board(&tx, actor.merchant_id, id).await?;
    secrets::forget(&tx, actor.merchant_id, id).await?;
    embed::delete(actor.merchant_id).filter(embed::Column::Id.eq(id.0)).exec(&*tx).await?;
    record(&tx, services, Event::by(actor, "embed.deleted", format!("{} from {}", board.row.title, board.row.origin))).await?;
    tx.commit().await?;
    frame_policy::changed(services, actor.merchant_id).await;
    Ok(())
}
