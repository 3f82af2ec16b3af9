//! Going over to another of one's shops.

use domain::AppError;
use domain::ids::MerchantId;
use entity::session::Column;
use sea_orm::{ColumnTrait, Condition};

use super::audit::{self, Event};
use super::types::{Client, SignedIn};
use super::{sessions, stored};
use crate::{Actor, Result, Services};

/// Begins a session there and ends the one here.
pub async fn switch_merchant(services: &Services, actor: &Actor, merchant_id: MerchantId, client: &Client) -> Result<SignedIn> {
    let user = actor.person()?;
    let tx = services.db.system_write().await?;
    stored::role_in(&tx, merchant_id, user).await?.ok_or_else(|| AppError::not_found("shop among yours"))?;
    let ended = sessions::end(&tx, services, Condition::all().add(Column::Id.eq(actor.session_id.map(|id| id.0)))).await?;
    let signed_in = sessions::begin(&tx, services, user, merchant_id, client).await?;
    let event = Event { merchant_id, ..Event::by(actor, "session.signed_in", "from another shop") };
    audit::record(&tx, services, event).await?;
    tx.commit().await?;
    sessions::revoke(services, &ended).await;
    Ok(signed_in)
}
