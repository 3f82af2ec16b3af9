//! Keys for programs.

use domain::accounts::{NewApiKey, NewInvitation, PasswordChange};
use domain::{ErrorKind, Role};
use services::accounts;

use super::refusal;
use crate::support::TestServices;

fn key(role: Role) -> NewApiKey {
    NewApiKey { name: "till at the door".to_owned(), role }
}

#[tokio::test]
async fn a_key_acts_in_its_shop_with_its_role_until_it_is_revoked() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let made = accounts::create_api_key(&services, &owner, key(Role::Analyst)).await.unwrap();
    assert!(made.secret.starts_with("tp_") && made.secret.starts_with(&made.key.prefix) && made.key.prefix.len() < 12);
    let actor = accounts::authenticate(&services, &made.secret, "203.0.113.9").await.unwrap();
    assert_eq!((actor.merchant_id, actor.role, actor.user_id), (owner.merchant_id, Role::Analyst, None));
    assert_eq!((actor.name.as_str(), actor.api_key_id), ("till at the door", Some(made.key.id)));
    services.settle().await;
    assert!(accounts::list_api_keys(&services, &owner).await.unwrap()[0].last_used_at.is_some());
    accounts::revoke_api_key(&services, &owner, made.key.id).await.unwrap();
    assert_eq!(refusal(accounts::authenticate(&services, &made.secret, "").await), ErrorKind::Unauthorized);
    assert!(accounts::list_api_keys(&services, &owner).await.unwrap().is_empty());
    assert_eq!(services.audited(&owner).await[..2], ["api_key.revoked", "api_key.created"]);
}

#[tokio::test]
async fn a_key_never_may_more_than_its_maker() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let admin = services.member(&owner, "admin@example.com", Role::Admin).await;
    assert_eq!(refusal(accounts::create_api_key(&services, &admin, key(Role::Owner)).await), ErrorKind::Forbidden);
    let made = accounts::create_api_key(&services, &admin, key(Role::Admin)).await.unwrap();
    accounts::change_role(&services, &owner, admin.user_id.unwrap(), Role::Viewer).await.unwrap();
    assert_eq!(accounts::authenticate(&services, &made.secret, "").await.unwrap().role, Role::Viewer);
}

#[tokio::test]
async fn keys_do_not_do_what_only_a_person_may() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let made = accounts::create_api_key(&services, &owner, key(Role::Owner)).await.unwrap();
    let program = accounts::authenticate(&services, &made.secret, "").await.unwrap();
    assert_eq!(refusal(accounts::create_api_key(&services, &program, key(Role::Viewer)).await), ErrorKind::Forbidden);
    let invitation = NewInvitation { email: "new@example.com".to_owned(), role: Role::Viewer };
    assert_eq!(refusal(accounts::invite(&services, &program, invitation).await), ErrorKind::Forbidden);
    let change = PasswordChange { current_password: "x".to_owned(), new_password: "long enough words".to_owned() };
    assert_eq!(refusal(accounts::change_password(&services, &program, change).await), ErrorKind::Forbidden);
    assert_eq!(refusal(accounts::sign_out(&services, &program).await), ErrorKind::Forbidden);
    assert_eq!(accounts::me(&services, &program).await.unwrap().merchants.len(), 1);
}

#[tokio::test]
async fn foreign_keys_are_not_found_and_made_up_ones_are_nobody() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let stranger = services.owner("stranger@example.com").await;
    let made = accounts::create_api_key(&services, &owner, key(Role::Viewer)).await.unwrap();
    assert_eq!(refusal(accounts::revoke_api_key(&services, &stranger, made.key.id).await), ErrorKind::NotFound);
    assert!(accounts::list_api_keys(&services, &stranger).await.unwrap().is_empty());
    assert_eq!(refusal(accounts::authenticate(&services, "tp_made-up", "").await), ErrorKind::Unauthorized);
    assert_eq!(refusal(accounts::authenticate(&services, &made.secret.to_uppercase(), "").await), ErrorKind::Unauthorized);
}
