//! Checking an address and a password, with everything that keeps strangers from guessing.

use domain::{AppError, ErrorKind};
use entity::user;

use super::audit::{self, Event};
use super::types::Client;
use super::{passwords, stored, throttle};
use crate::{Result, Services};

/// The same words whether the account exists or not.
pub(super) fn refusal() -> AppError {
    AppError::new(ErrorKind::Unauthorized, "the e-mail address or the password is wrong; check both, or reset the password")
}

/// Passes when the password is the account's. Unknown accounts take the same time and count the same.
pub(super) async fn check(services: &Services, email: &str, user: Option<&user::Model>, password: &str, client: &Client) -> Result<()> {
    throttle::ADDRESS.count(services, &throttle::network(client)).await?;
    throttle::ACCOUNT.count(services, email).await?;
    if passwords::matches(services, password, user.map(|user| user.password_hash.as_str())).await? {
        throttle::ACCOUNT.reset(services, email).await;
        throttle::ADDRESS.forgive(services, &throttle::network(client)).await;
        return Ok(());
    }
    if let Some(user) = user {
        record_failure(services, user.clone(), client);
    }
    Err(refusal().into())
}

/// Written after the answer: waiting for it would tell that the account exists.
fn record_failure(services: &Services, user: user::Model, client: &Client) {
    let (services, address) = (services.clone(), client.address.clone());
    services.clone().tasks.spawn(async move {
        let recorded = async {
            let tx = services.db.system_write().await?;
            for membership in stored::memberships(&tx, user.id.into()).await? {
                let event = Event {
                    merchant_id: membership.merchant_id.into(),
                    actor: &user.email,
                    action: "session.sign_in_failed",
                    subject: "wrong password".to_owned(),
                    address: &address,
                };
                audit::record(&tx, &services, event).await?;
            }
            tx.commit().await
        };
        if let Err(error) = recorded.await {
            tracing::error!(error.cause = %error, "a failed sign-in could not be written to the audit log");
        }
    });
}
