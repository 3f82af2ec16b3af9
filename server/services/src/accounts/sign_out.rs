//! Ending sessions by their owner's wish.

use entity::session::Column;
use sea_orm::{ColumnTrait, Condition};

use super::audit::{self, Event};
use super::sessions;
use crate::{Actor, Result, Services};

/// Ends this session.
pub async fn sign_out(services: &Services, actor: &Actor) -> Result<()> {
    actor.person()?;
    let this = Condition::all().add(Column::Id.eq(actor.session_id.map(|id| id.0)));
    end(services, actor, this, "session.signed_out").await
}

/// Ends all sessions of the person, this one included.
pub async fn sign_out_everywhere(services: &Services, actor: &Actor) -> Result<()> {
    let user = actor.person()?;
    end(services, actor, sessions::own(actor, user), "session.signed_out_everywhere").await
}

async fn end(services: &Services, actor: &Actor, which: Condition, action: &'static str) -> Result<()> {
    let tx = services.db.system_write().await?;
    let ended = sessions::end(&tx, services, which).await?;
    audit::record(&tx, services, Event::by(actor, action, "")).await?;
    tx.commit().await?;
    sessions::revoke(services, &ended).await;
    Ok(())
}
