//! The outbox and its delivery into files.

use domain::Role;
use domain::accounts::NewInvitation;
use services::accounts;
use services::mail::{self, DeliveryError, NewMail};

use crate::support::{TestServices, token_of};

fn letters(services: &TestServices) -> Vec<String> {
    let folder = services.config.data_dir.join("mail");
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn a_mail_becomes_a_file_once_and_its_body_is_forgotten() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let invitation = NewInvitation { email: "new@example.com".to_owned(), role: Role::Viewer };
    let link = accounts::invite(&services, &owner, invitation).await.unwrap().link;
    let id = services.outbox().await[0].id;
    mail::deliver(&services, id).await.unwrap();
    mail::deliver(&services, id).await.unwrap();
    let letters = letters(&services);
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("To: new@example.com") && letters[0].contains(&link), "{}", letters[0]);
    let row = &services.outbox().await[0];
    assert_eq!((row.state.as_str(), row.body.as_str(), row.attempts), ("sent", "", 1));
    assert!(accounts::preview_invitation(&services, &token_of(&link)).await.is_ok());
}

#[tokio::test]
async fn a_mail_that_can_never_leave_is_dead_and_says_why() {
    let services = TestServices::start().await;
    let owner = services.owner("owner@example.com").await;
    let tx = services.db.write(owner.merchant_id).await.unwrap();
    let to = "a@example.com\r\nBcc: eve@example.com".to_owned();
    let new = NewMail { merchant_id: Some(owner.merchant_id), to, subject: "Hello".to_owned(), body: "x".to_owned() };
    mail::send(&tx, &services, new).await.unwrap();
    tx.commit().await.unwrap();
    let id = services.outbox().await[0].id;
    assert!(matches!(mail::deliver(&services, id).await, Err(DeliveryError::Never(_))));
    assert_eq!(services.outbox().await[0].state, "dead");
    assert!(letters(&services).is_empty());
}
