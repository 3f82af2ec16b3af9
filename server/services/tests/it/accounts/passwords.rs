//! Changing and resetting passwords.

use domain::ErrorKind;
use domain::accounts::{ForgotPassword, PasswordChange, ResetPassword};
use services::accounts;

use super::refusal;
use crate::support::{PASSWORD, TestServices, client, token_of};

const NEW: &str = "another four words";

async fn forget(services: &TestServices, email: &str) -> services::Result<()> {
    accounts::forgot_password(services, ForgotPassword { email: email.to_owned() }, &client()).await?;
    services.settle().await;
    Ok(())
}

fn reset(token: &str) -> ResetPassword {
    ResetPassword { token: token.to_owned(), password: NEW.to_owned() }
}

#[tokio::test]
async fn a_mailed_link_sets_a_new_password_once_and_ends_all_sessions() {
    let services = TestServices::start().await;
    let session = services.sign_up("ada@example.com").await;
    forget(&services, "Ada@example.com").await.unwrap();
    let outbox = services.outbox().await;
    assert_eq!(outbox.len(), 1);
    let token = token_of(&outbox[0].body);
    accounts::reset_password(&services, reset(&token), &client()).await.unwrap();
    assert_eq!(refusal(accounts::authenticate(&services, &session.tokens.access_token, "").await), ErrorKind::Unauthorized);
    assert_eq!(refusal(services.sign_in("ada@example.com", PASSWORD).await), ErrorKind::Unauthorized);
    let again = services.sign_in("ada@example.com", NEW).await.unwrap();
    let owner = services.actor(&again).await;
    services.settle().await;
    let audited = services.audited(&owner).await;
    assert!(audited.contains(&"password.reset".to_owned()) && audited.contains(&"password.reset_requested".to_owned()), "{audited:?}");
    assert_eq!(refusal(accounts::reset_password(&services, reset(&token), &client()).await), ErrorKind::Validation);
}

#[tokio::test]
async fn reset_links_end_after_an_hour_and_when_another_was_used() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    forget(&services, "ada@example.com").await.unwrap();
    forget(&services, "ada@example.com").await.unwrap();
    services.clock.advance_ms(30 * 60 * 1_000);
    forget(&services, "ada@example.com").await.unwrap();
    services.clock.advance_ms(30 * 60 * 1_000);
    let tokens: Vec<String> = services.outbox().await.iter().map(|mail| token_of(&mail.body)).collect();
    assert_eq!(refusal(accounts::reset_password(&services, reset(&tokens[0]), &client()).await), ErrorKind::Validation);
    accounts::reset_password(&services, reset(&tokens[2]), &client()).await.unwrap();
    assert_eq!(refusal(accounts::reset_password(&services, reset(&tokens[1]), &client()).await), ErrorKind::Validation);
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_answer_and_no_mail() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    assert!(forget(&services, "nobody@example.com").await.is_ok());
    assert!(services.outbox().await.is_empty());
    for email in ["ada@example.com", "nobody@example.com"] {
        for _ in 0..5 {
            let _asked = forget(&services, email).await;
        }
        assert_eq!(refusal(forget(&services, email).await), ErrorKind::RateLimited, "{email}");
    }
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let services = TestServices::start().await;
    let here = services.sign_up("ada@example.com").await;
    let there = services.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let actor = services.actor(&here).await;
    let wrong = PasswordChange { current_password: "not it at all".to_owned(), new_password: NEW.to_owned() };
    let error = accounts::change_password(&services, &actor, wrong).await.unwrap_err().into_app();
    assert!(error.field("current_password").is_some());
    let short = PasswordChange { current_password: PASSWORD.to_owned(), new_password: "short".to_owned() };
    assert!(accounts::change_password(&services, &actor, short).await.unwrap_err().into_app().field("new_password").is_some());
    let change = PasswordChange { current_password: PASSWORD.to_owned(), new_password: NEW.to_owned() };
    accounts::change_password(&services, &actor, change).await.unwrap();
    assert!(accounts::authenticate(&services, &here.tokens.access_token, "").await.is_ok());
    assert_eq!(refusal(accounts::authenticate(&services, &there.tokens.access_token, "").await), ErrorKind::Unauthorized);
    assert!(services.sign_in("ada@example.com", NEW).await.is_ok());
}

#[tokio::test]
async fn a_reset_link_used_twice_at_once_works_once() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    forget(&services, "ada@example.com").await.unwrap();
    let token = token_of(&services.outbox().await[0].body);
    let browser = client();
    let tries = (0..4).map(|_| accounts::reset_password(&services, reset(&token), &browser));
    let worked = futures::future::join_all(tries).await.into_iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(worked, 1);
}
