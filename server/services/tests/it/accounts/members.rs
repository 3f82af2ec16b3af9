//! Who may do what to whom.

use domain::accounts::{NewApiKey, NewInvitation};
use domain::ids::UserId;
use domain::{ErrorKind, Role};
use services::accounts;

use super::refusal;
use crate::support::TestServices;

#[tokio::test]
async fn only_owners_and_admins_reach_members_keys_and_the_audit_log() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let admin = services.member(&owner, "admin@example.com", Role::Admin).await;
    let analyst = services.member(&owner, "analyst@example.com", Role::Analyst).await;
    let viewer = services.member(&owner, "viewer@example.com", Role::Viewer).await;
    for allowed in [&owner, &admin] {
        assert_eq!(accounts::list_members(&services, allowed).await.unwrap().len(), 4);
        assert!(accounts::list_audit(&services, allowed, None).await.is_ok());
        assert!(accounts::list_api_keys(&services, allowed).await.is_ok());
        assert!(accounts::list_invitations(&services, allowed).await.is_ok());
    }
    for refused in [&analyst, &viewer] {
        assert_eq!(refusal(accounts::list_members(&services, refused).await), ErrorKind::Forbidden);
        assert_eq!(refusal(accounts::list_audit(&services, refused, None).await), ErrorKind::Forbidden);
        assert_eq!(refusal(accounts::list_api_keys(&services, refused).await), ErrorKind::Forbidden);
        assert_eq!(refusal(accounts::list_invitations(&services, refused).await), ErrorKind::Forbidden);
        let viewer = NewInvitation { email: "new@example.com".to_owned(), role: Role::Viewer };
        assert_eq!(refusal(accounts::invite(&services, refused, viewer).await), ErrorKind::Forbidden);
        let key = NewApiKey { name: "till".to_owned(), role: Role::Viewer };
        assert_eq!(refusal(accounts::create_api_key(&services, refused, key).await), ErrorKind::Forbidden);
        assert_eq!(refusal(accounts::change_role(&services, refused, owner.user_id.unwrap(), Role::Viewer).await), ErrorKind::Forbidden);
        assert_eq!(refusal(accounts::remove_member(&services, refused, owner.user_id.unwrap()).await), ErrorKind::Forbidden);
        assert!(accounts::me(&services, refused).await.is_ok());
    }
}

#[tokio::test]
async fn only_owners_make_and_unmake_owners() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let admin = services.member(&owner, "admin@example.com", Role::Admin).await;
    let viewer = services.member(&owner, "viewer@example.com", Role::Viewer).await;
    assert_eq!(refusal(accounts::change_role(&services, &admin, viewer.user_id.unwrap(), Role::Owner).await), ErrorKind::Forbidden);
    assert_eq!(refusal(accounts::change_role(&services, &admin, owner.user_id.unwrap(), Role::Viewer).await), ErrorKind::Forbidden);
    assert_eq!(refusal(accounts::remove_member(&services, &admin, owner.user_id.unwrap()).await), ErrorKind::Forbidden);
    let owner_to_be = NewInvitation { email: "second@example.com".to_owned(), role: Role::Owner };
    assert_eq!(refusal(accounts::invite(&services, &admin, owner_to_be).await), ErrorKind::Forbidden);
    let changed = accounts::change_role(&services, &admin, viewer.user_id.unwrap(), Role::Analyst).await.unwrap();
    assert_eq!((changed.role, changed.email.as_str()), (Role::Analyst, "viewer@example.com"));
    assert_eq!(accounts::change_role(&services, &owner, admin.user_id.unwrap(), Role::Owner).await.unwrap().role, Role::Owner);
}

#[tokio::test]
async fn the_last_owner_stays() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let owner_id = owner.user_id.unwrap();
    assert_eq!(refusal(accounts::change_role(&services, &owner, owner_id, Role::Admin).await), ErrorKind::Conflict);
    assert_eq!(refusal(accounts::remove_member(&services, &owner, owner_id).await), ErrorKind::Conflict);
    let second = services.member(&owner, "second@example.com", Role::Owner).await;
    let both = (
        accounts::change_role(&services, &owner, second.user_id.unwrap(), Role::Viewer),
        accounts::change_role(&services, &second, owner_id, Role::Viewer),
    );
    let (one, other) = futures::future::join(both.0, both.1).await;
    assert!(one.is_ok() != other.is_ok(), "two owners cannot unmake each other at once");
    let refused = if one.is_ok() { other } else { one };
    assert_eq!(refusal(refused), ErrorKind::Conflict, "and the one that came second is told why");
}

#[tokio::test]
async fn a_changed_role_counts_from_the_next_request_on() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let session = {
        services.member(&owner, "admin@example.com", Role::Admin).await;
        services.sign_in("admin@example.com", crate::support::PASSWORD).await.unwrap()
    };
    let admin = services.actor(&session).await;
    accounts::change_role(&services, &owner, admin.user_id.unwrap(), Role::Viewer).await.unwrap();
    assert_eq!(services.actor(&session).await.role, Role::Viewer);
}

#[tokio::test]
async fn a_removed_member_is_out_at_once_with_sessions_and_keys() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let admin = services.member(&owner, "admin@example.com", Role::Admin).await;
    let session = services.sign_in("admin@example.com", crate::support::PASSWORD).await.unwrap();
    let key = NewApiKey { name: "till".to_owned(), role: Role::Analyst };
    let key = accounts::create_api_key(&services, &admin, key).await.unwrap();
    assert!(accounts::authenticate(&services, &key.secret, "").await.is_ok());
    accounts::remove_member(&services, &owner, admin.user_id.unwrap()).await.unwrap();
    assert_eq!(refusal(accounts::authenticate(&services, &session.tokens.access_token, "").await), ErrorKind::Unauthorized);
    assert_eq!(refusal(accounts::authenticate(&services, &key.secret, "").await), ErrorKind::Unauthorized);
    assert_eq!(refusal(services.sign_in("admin@example.com", crate::support::PASSWORD).await), ErrorKind::Forbidden);
    assert_eq!(services.audited(&owner).await[0], "member.removed");
}

#[tokio::test]
async fn anybody_may_leave() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let viewer = services.member(&owner, "viewer@example.com", Role::Viewer).await;
    accounts::remove_member(&services, &viewer, viewer.user_id.unwrap()).await.unwrap();
    assert_eq!(accounts::list_members(&services, &owner).await.unwrap().len(), 1);
}

#[tokio::test]
async fn members_of_other_shops_are_not_found() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let stranger = services.owner("stranger@example.com").await;
    for id in [stranger.user_id.unwrap(), UserId(uuid::Uuid::nil())] {
        assert_eq!(refusal(accounts::change_role(&services, &owner, id, Role::Viewer).await), ErrorKind::NotFound);
        assert_eq!(refusal(accounts::remove_member(&services, &owner, id).await), ErrorKind::NotFound);
    }
    assert_eq!(accounts::list_members(&services, &owner).await.unwrap().len(), 1);
    assert_eq!(refusal(accounts::switch_merchant(&services, &owner, stranger.merchant_id, &crate::support::client()).await), ErrorKind::NotFound);
}
