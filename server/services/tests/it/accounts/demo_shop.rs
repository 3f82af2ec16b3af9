//! What strangers may do in the demo shop, and to it.

use domain::accounts::PasswordChange;
use domain::{ErrorKind, Role};
use services::Actor;
use services::accounts::{self, Founding};
use services::sources::UploadWriter;

use super::refusal;
use crate::support::{PASSWORD, TestServices, client};

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
