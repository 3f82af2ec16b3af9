//! Asking for a link that sets a new password.

use domain::accounts::ForgotPassword;
use domain::ids::UserId;
use entity::{password_reset, user};
use garde::Validate;
use sea_orm::{EntityTrait, IntoActiveModel};

use super::audit::{self, Event};
use super::types::Client;
use super::{passwords, stored, throttle};
use crate::keys::token_hash;
use crate::{Result, Services, mail};

/// How long a link works.
const VALID_MS: i64 = 60 * 60 * 1_000;

/// Mails a link, if the address has an account. The answer comes at once and is the same if it has none: the work is done after it.
pub async fn forgot_password(services: &Services, input: ForgotPassword, client: &Client) -> Result<()> {
    input.validate()?;
    let email = stored::normalised(&input.email);
    throttle::FORGOTTEN_ADDRESS.count(services, &throttle::network(client)).await?;
    throttle::FORGOTTEN.count(services, &email).await?;
    let (services, client) = (services.clone(), client.clone());
    services.clone().tasks.spawn(async move {
        if let Err(error) = send_link(&services, &email, &client).await {
            tracing::error!(error.cause = %error, "a link to reset a password could not be sent");
        }
    });
    Ok(())
}

async fn send_link(services: &Services, email: &str, client: &Client) -> Result<()> {
    let account = stored::user_by_email(services, email).await?.filter(|user: &user::Model| user.password_hash != passwords::UNUSABLE);
    let Some(account) = account else { return Ok(()) };
    let token = services.random.token();
    let tx = services.db.system_write().await?;
    let row =
        password_reset::Model { token_hash: token_hash(&token), user_id: account.id, expires_at: services.clock.now_ms() + VALID_MS, used_at: None };
    password_reset::Entity::insert(row.into_active_model()).exec_without_returning(&*tx).await?;
    let link = format!("{}/reset-password?token={token}", services.config.public_url);
    mail::send(&tx, services, mail::letters::password_reset(&account.email, &link)).await?;
    let user_id = UserId(account.id);
    let event =
        Event { merchant_id: 0.into(), actor: &account.email, action: "password.reset_requested", subject: String::new(), address: &client.address };
    audit::record_in_all_shops(&tx, services, user_id, event).await?;
    tx.commit().await?;
    services.wake_workers();
    Ok(())
}
