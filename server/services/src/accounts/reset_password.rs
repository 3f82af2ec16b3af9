//! Setting a new password with a mailed link.

use domain::AppError;
use domain::accounts::ResetPassword;
use domain::ids::UserId;
use entity::{password_reset, session, user};
use garde::Validate;
use sea_orm::{ColumnTrait, Condition, QuerySelect};

use super::audit::{self, Event};
use super::types::Client;
use super::{change_password, passwords, sessions, throttle};
use crate::keys::token_hash;
use crate::{Result, Services};

/// Sets the password and ends all sessions. The link, and every other of the person, works no longer.
pub async fn reset_password(services: &Services, input: ResetPassword, client: &Client) -> Result<()> {
    input.validate()?;
    {
        // Looked up before hashing, so that made-up links cost next to nothing.
        let tx = services.db.system_read().await?;
        let known = password_reset::by_token_hash(&token_hash(&input.token)).one(&*tx).await?;
        owner_of(services, known)?;
    }
    let hash = passwords::hash(services, &input.password).await?;
    let tx = services.db.system_write().await?;
    let held = password_reset::by_token_hash(&token_hash(&input.token)).lock_exclusive().one(&*tx).await?;
    let user_id = owner_of(services, held)?;
    let email = user::by_id(user_id).one(&*tx).await?.ok_or_else(stale)?.email;
    change_password::store(&tx, user_id, hash).await?;
    let ended = sessions::end(&tx, services, Condition::all().add(session::Column::UserId.eq(user_id.0))).await?;
    let event = Event { merchant_id: 0.into(), actor: &email, action: "password.reset", subject: String::new(), address: &client.address };
    audit::record_in_all_shops(&tx, services, user_id, event).await?;
    tx.commit().await?;
    sessions::revoke(services, &ended).await;
    throttle::ACCOUNT.reset(services, &email).await;
    Ok(())
}

/// Whose password a link sets, if it still works.
fn owner_of(services: &Services, row: Option<password_reset::Model>) -> Result<UserId> {
    let row = row.filter(|row| row.used_at.is_none() && row.expires_at > services.clock.now_ms()).ok_or_else(stale)?;
    Ok(UserId(row.user_id))
}

fn stale() -> AppError {
    AppError::invalid("token", "this link does not work any more: it was used, or is older than an hour; ask for a new one")
}
