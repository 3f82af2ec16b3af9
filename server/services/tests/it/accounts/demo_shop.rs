//! What strangers may do in the demo shop, and to it.

use domain::accounts::{AcceptInvitation, NewInvitation, PasswordChange, SignUp};
use domain::{ErrorKind, Role};
use sea_orm::sea_query::Expr;
use services::Actor;
use services::accounts::{self, Founding};
use services::sources::UploadWriter;

use super::refusal;
use crate::support::{PASSWORD, TestServices, client, token_of};

async fn visitor(services: &TestServices) -> Actor {
    services.actor(&accounts::enter_demo(services, &client()).await.expect("visitors may come in")).await
}

/// The owner of a demo shop that has something to be seen.
async fn demo_owner(services: &TestServices) -> Actor {
    let founding = Founding {
        name: "Demo".to_owned(),
        currency: "EUR".parse().expect("a currency"),
        time_zone: "Europe/Berlin".to_owned(),
        is_demo: true,
        email: "owner@demo.localhost".to_owned(),
        password: PASSWORD.to_owned(),
    };
    accounts::found_shop(services, founding).await.expect("the shop opens");
    let owner = services.actor(&services.sign_in("owner@demo.localhost", PASSWORD).await.expect("the owner may come in")).await;
    let upload = UploadWriter::create(services, &owner, "sales.csv", None).await.expect("the owner may add data");
    upload.finish().await.expect("the file is taken");
    owner
}

#[tokio::test]
async fn a_visitor_cannot_leave_for_all_the_others_or_change_the_account_they_share() {
    let services = TestServices::start().await;
    let owner = demo_owner(&services).await;
    let (one, other) = (visitor(&services).await, accounts::enter_demo(&services, &client()).await.unwrap());
    let account = one.user_id.unwrap();
    assert_eq!(refusal(accounts::remove_member(&services, &one, account).await), ErrorKind::Forbidden);
    let change = PasswordChange { current_password: "!".to_owned(), new_password: PASSWORD.to_owned() };
    assert_eq!(refusal(accounts::change_password(&services, &one, change).await), ErrorKind::Forbidden);
    assert_eq!(refusal(accounts::change_role(&services, &owner, account, Role::Admin).await), ErrorKind::Conflict);
    assert_eq!(services.actor(&other).await.role, Role::Viewer);
}

#[tokio::test]
async fn nobody_takes_the_addresses_of_the_demo_shop_before_it_is_made() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    for email in ["visitor@demo.localhost", "Demo@Tradepost.example"] {
        let input = SignUp {
            merchant_name: "Trap".to_owned(),
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
            currency: "EUR".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
        };
        let error = accounts::sign_up(&services, input, &client()).await.err().unwrap().into_app();
        assert!(error.field("email").is_some(), "{error:?}");
        let invitation = NewInvitation { email: email.to_owned(), role: Role::Viewer };
        let token = token_of(&accounts::invite(&services, &owner, invitation).await.unwrap().link);
        let accept = AcceptInvitation { token, password: PASSWORD.to_owned() };
        let error = accounts::accept_invitation(&services, accept, &client()).await.err().unwrap().into_app();
        assert!(error.field("email").is_some(), "{error:?}");
    }
}

#[tokio::test]
async fn the_demo_shop_is_closed_while_somebody_can_sign_in_as_its_visitors() {
    let services = TestServices::start().await;
    demo_owner(&services).await;
    let somebody = services.owner("eve@example.com").await;
    let tx = services.db.system_write().await.unwrap();
    let address = Expr::value("visitor@demo.localhost");
    entity::user::update(somebody.user_id.unwrap()).col_expr(entity::user::Column::Email, address).exec(&*tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refusal(accounts::enter_demo(&services, &client()).await), ErrorKind::Unavailable);
}
