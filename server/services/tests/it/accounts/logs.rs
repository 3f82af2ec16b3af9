//! What the log never holds: passwords, tokens, keys and people's addresses.

use domain::Role;
use domain::accounts::{ForgotPassword, NewApiKey, NewInvitation};
use services::accounts;
use services::mail;

use crate::support::{Collector, PASSWORD, Smtp, TestServices, client, token_of};

#[tokio::test]
async fn secrets_and_addresses_do_not_reach_the_log() {
    let log = Collector::default();
    let _collecting = tracing::subscriber::set_default(log.clone());
    tracing::info!("the collector hears");
    let smtp = Smtp::start("450 4.2.0 <canary@example.com> greylisted").await;
    let services = TestServices::start_configured(|config| config.smtp_url = Some(smtp.url.clone())).await;
    let first = services.sign_up("canary@example.com").await;
    let owner = services.actor(&first).await;
    let key = NewApiKey { name: "till".to_owned(), role: Role::Viewer };
    let key = accounts::create_api_key(&services, &owner, key).await.unwrap().secret;
    accounts::authenticate(&services, &key, "").await.unwrap();
    let invitation = NewInvitation { email: "canary2@example.com".to_owned(), role: Role::Viewer };
    let link = accounts::invite(&services, &owner, invitation).await.unwrap().link;
    accounts::forgot_password(&services, ForgotPassword { email: "canary@example.com".to_owned() }, &client()).await.unwrap();
    services.settle().await;
    for letter in services.outbox().await {
        if let Err(error) = mail::deliver(&services, letter.id).await {
            tracing::warn!(?error, "as the job logs it");
        }
    }
    for _ in 0..12 {
        if let Err(error) = services.sign_in("canary@example.com", "wrong canary password").await {
            tracing::info!(error = ?error.into_app(), "as the server might log it");
        }
    }
    let second = accounts::refresh(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    let _reused = accounts::refresh(&services, &first.tokens.refresh_token, &client()).await;
    services.settle().await;
    let heard = log.text();
    assert!(heard.contains("the collector hears") && heard.contains("as the job logs it"), "{heard}");
    let secrets = [
        "canary",
        PASSWORD,
        &key,
        &token_of(&link),
        &first.tokens.refresh_token,
        &first.tokens.access_token,
        &second.tokens.refresh_token,
        &second.tokens.access_token,
    ];
    for secret in secrets {
        assert!(!heard.contains(secret), "{secret} in {heard}");
    }
}
