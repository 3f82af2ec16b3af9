//! Whether there is something new to see on a board, without answering it.

use domain::dashboards::{BoardKey, pulse_of};
use domain::{AppError, Permission};
use engine::ingestion::local_time;
use entity::merchant;

use super::named::named;
use crate::{Actor, Result, Services, accounts};

/// A word that changes when the shop's data, its calendar, the board or the day does.
pub async fn pulse(services: &Services, actor: &Actor, key: BoardKey) -> Result<String> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let board = named(&tx, actor, key).await?;
    let row = merchant::by_id(actor.merchant_id).one(&*tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    let changed_at = row.data_changed_at;
    let shop = accounts::merchant_summary(row)?;
    let zone: chrono_tz::Tz = shop.time_zone.parse().map_err(|_| anyhow::anyhow!("the shop has an unknown time zone"))?;
    Ok(pulse_of(&shop, board.version, changed_at, local_time(services.clock.now_ms(), zone).day))
}
