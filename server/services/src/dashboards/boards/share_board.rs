//! Choosing who sees a board.

use domain::dashboards::BoardKey;
use domain::{Permission, Role};

use super::audience::set_audience;
use super::stored;
use crate::{Actor, Result, Services};

/// Shows a board to these roles, besides its author and those who may manage the shop; to all others it is not there.
pub async fn share_board(services: &Services, actor: &Actor, key: BoardKey, roles: Vec<Role>) -> Result<()> {
    actor.require(Permission::BuildBoards)?;
    let id = stored::own(key)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let row = stored::find(&tx, actor, id).await?.row;
    set_audience(services, &tx, actor, &row, &roles).await?;
    tx.commit().await
}
