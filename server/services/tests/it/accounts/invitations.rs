//! Joining by a link.

use domain::accounts::{AcceptInvitation, NewInvitation};
use domain::{ErrorKind, Role};
use sea_orm::{ColumnTrait, QueryFilter};
use services::accounts;

use super::refusal;
use crate::support::{PASSWORD, TestServices, client, token_of};

const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

fn accept(token: &str, password: &str) -> AcceptInvitation {
    AcceptInvitation { token: token.to_owned(), password: password.to_owned() }
}

fn analyst(email: &str) -> NewInvitation {
    NewInvitation { email: email.to_owned(), role: Role::Analyst }
}

#[tokio::test]
async fn a_new_person_joins_by_the_mailed_link_which_works_once() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let made = accounts::invite(&services, &owner, analyst("New@Example.com")).await.unwrap();
    let outbox = services.outbox().await;
    assert_eq!((outbox.len(), outbox[0].to_address.as_str()), (1, "new@example.com"));
    assert!(outbox[0].body.contains(&made.link) && made.link.starts_with("http://127.0.0.1:3000/invitation?token="));
    let token = token_of(&outbox[0].body);
    let preview = accounts::preview_invitation(&services, &token).await.unwrap();
    assert_eq!((preview.email.as_str(), preview.role, preview.has_account), ("new@example.com", Role::Analyst, false));
    assert_eq!(preview.merchant_name, "Shop of owner@example.com");
    let joined = accounts::accept_invitation(&services, accept(&token, PASSWORD), &client()).await.unwrap();
    let actor = services.actor(&joined).await;
    assert_eq!((actor.merchant_id, actor.role), (owner.merchant_id, Role::Analyst));
    assert_eq!(refusal(accounts::accept_invitation(&services, accept(&token, PASSWORD), &client()).await), ErrorKind::NotFound);
    assert!(accounts::list_invitations(&services, &owner).await.unwrap().is_empty());
    assert_eq!(services.audited(&owner).await[..2], ["member.joined", "member.invited"]);
}

#[tokio::test]
async fn a_person_with_an_account_joins_with_their_own_password() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let other = services.owner("other@example.com").await;
    services.clock.advance_ms(1_000);
    let link = accounts::invite(&services, &owner, analyst("other@example.com")).await.unwrap().link;
    let token = token_of(&link);
    assert!(accounts::preview_invitation(&services, &token).await.unwrap().has_account);
    assert_eq!(refusal(accounts::accept_invitation(&services, accept(&token, "not their password"), &client()).await), ErrorKind::Unauthorized);
    let joined = accounts::accept_invitation(&services, accept(&token, PASSWORD), &client()).await.unwrap();
    let there = services.actor(&joined).await;
    let me = accounts::me(&services, &there).await.unwrap();
    assert_eq!(me.merchants.iter().map(|choice| choice.role).collect::<Vec<_>>(), [Role::Owner, Role::Analyst]);
    let back = accounts::switch_merchant(&services, &there, other.merchant_id, &client()).await.unwrap();
    let back = services.actor(&back).await;
    assert_eq!((back.merchant_id, back.role), (other.merchant_id, Role::Owner));
    assert_eq!(refusal(accounts::authenticate(&services, &joined.tokens.access_token, "").await), ErrorKind::Unauthorized);
}

#[tokio::test]
async fn withdrawn_replaced_old_and_made_up_links_do_not_work() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let first = accounts::invite(&services, &owner, analyst("new@example.com")).await.unwrap();
    let second = accounts::invite(&services, &owner, analyst("new@example.com")).await.unwrap();
    assert_eq!(accounts::list_invitations(&services, &owner).await.unwrap().len(), 1);
    assert_eq!(refusal(accounts::preview_invitation(&services, &token_of(&first.link)).await), ErrorKind::NotFound);
    accounts::revoke_invitation(&services, &owner, second.invitation.id).await.unwrap();
    let third = accounts::invite(&services, &owner, analyst("third@example.com")).await.unwrap();
    services.clock.advance_ms(WEEK_MS);
    for token in [token_of(&second.link), token_of(&third.link), "made-up".to_owned()] {
        assert_eq!(refusal(accounts::accept_invitation(&services, accept(&token, PASSWORD), &client()).await), ErrorKind::NotFound);
    }
}

#[tokio::test]
async fn members_are_not_invited_again_and_foreign_invitations_are_not_found() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let stranger = services.owner("stranger@example.com").await;
    services.member(&owner, "member@example.com", Role::Viewer).await;
    assert_eq!(refusal(accounts::invite(&services, &owner, analyst("Member@example.com")).await), ErrorKind::Conflict);
    let made = accounts::invite(&services, &owner, analyst("new@example.com")).await.unwrap();
    assert_eq!(refusal(accounts::revoke_invitation(&services, &stranger, made.invitation.id).await), ErrorKind::NotFound);
    assert!(accounts::preview_invitation(&services, &token_of(&made.link)).await.is_ok());
}

#[tokio::test]
async fn a_link_followed_twice_at_once_joins_once() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let token = token_of(&accounts::invite(&services, &owner, analyst("new@example.com")).await.unwrap().link);
    let browser = client();
    let tries = (0..4).map(|_| accounts::accept_invitation(&services, accept(&token, PASSWORD), &browser));
    let joined = futures::future::join_all(tries).await.into_iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(joined, 1);
    assert_eq!(accounts::list_members(&services, &owner).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_invitation_holds_only_while_the_inviter_may_invite() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let second = services.member(&owner, "second@example.com", Role::Owner).await;
    let admin = services.member(&owner, "admin@example.com", Role::Admin).await;
    let owner_to_be = NewInvitation { email: "third@example.com".to_owned(), role: Role::Owner };
    let as_owner = token_of(&accounts::invite(&services, &second, owner_to_be).await.unwrap().link);
    let as_analyst = token_of(&accounts::invite(&services, &second, analyst("fourth@example.com")).await.unwrap().link);
    let by_admin = token_of(&accounts::invite(&services, &admin, analyst("fifth@example.com")).await.unwrap().link);
    accounts::change_role(&services, &owner, second.user_id.unwrap(), Role::Admin).await.unwrap();
    assert_eq!(accounts::list_invitations(&services, &owner).await.unwrap().len(), 2);
    assert_eq!(refusal(accounts::accept_invitation(&services, accept(&as_owner, PASSWORD), &client()).await), ErrorKind::NotFound);
    assert!(accounts::accept_invitation(&services, accept(&as_analyst, PASSWORD), &client()).await.is_ok());
    accounts::remove_member(&services, &owner, admin.user_id.unwrap()).await.unwrap();
    assert!(accounts::list_invitations(&services, &owner).await.unwrap().is_empty());
    assert_eq!(refusal(accounts::accept_invitation(&services, accept(&by_admin, PASSWORD), &client()).await), ErrorKind::NotFound);
}

#[tokio::test]
async fn an_invitation_of_someone_who_is_no_longer_there_does_not_work_even_if_it_stands_open() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let admin = services.member(&owner, "admin@example.com", Role::Admin).await;
    let token = token_of(&accounts::invite(&services, &admin, analyst("new@example.com")).await.unwrap().link);
    let tx = services.db.write(owner.merchant_id).await.unwrap();
    let gone = entity::membership::Column::UserId.eq(admin.user_id.unwrap().0);
    entity::membership::delete(owner.merchant_id).filter(gone).exec(&*tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refusal(accounts::preview_invitation(&services, &token).await), ErrorKind::NotFound);
    assert_eq!(refusal(accounts::accept_invitation(&services, accept(&token, PASSWORD), &client()).await), ErrorKind::NotFound);
}
