//! The outbox and its delivery into files.

use domain::Role;
use domain::accounts::NewInvitation;
use services::config::ServicesConfig;
use services::mail::{self, DeliveryError, NewMail};
use services::{Services, accounts};

use crate::support::{Smtp, TestServices, token_of};

fn letters(services: &TestServices) -> Vec<String> {
    let folder = services.config.data_dir.join("mail");
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("it reads")).collect()
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

/// One invitation in the outbox of services that send by this server.
async fn with_one_mail(smtp: &Smtp) -> (TestServices, uuid::Uuid) {
    let services = TestServices::start_configured(|config| config.smtp_url = Some(smtp.url.clone())).await;
    let owner = services.owner("owner@example.com").await;
    let invitation = NewInvitation { email: "new@example.com".to_owned(), role: Role::Viewer };
    accounts::invite(&services, &owner, invitation).await.expect("the owner may invite");
    let id = services.outbox().await[0].id;
    (services, id)
}

#[tokio::test]
async fn a_mail_leaves_by_smtp_where_a_server_is_configured() {
    let smtp = Smtp::start("250 fine").await;
    let (services, id) = with_one_mail(&smtp).await;
    mail::deliver(&services, id).await.unwrap();
    assert_eq!(services.outbox().await[0].state, "sent");
    let taken = smtp.letters();
    assert!(taken.len() == 1 && taken[0].contains("Subject: owner@example.com invites you"), "{taken:?}");
    assert!(letters(&services).is_empty());
}

#[tokio::test]
async fn a_busy_mail_server_is_tried_again_and_its_words_are_not_kept() {
    let smtp = Smtp::start("450 4.2.0 <new@example.com> greylisted").await;
    let (services, id) = with_one_mail(&smtp).await;
    let Err(DeliveryError::Later(error)) = mail::deliver(&services, id).await else { panic!("it is tried again") };
    assert!(!format!("{error:?}").contains("new@example.com"), "{error:?}");
    let row = services.outbox().await.remove(0);
    assert_eq!((row.state.as_str(), row.attempts), ("queued", 1));
    assert!(!row.body.is_empty() && !row.last_error.unwrap().contains('@'));
}

#[tokio::test]
async fn a_mail_refused_for_good_is_dead_until_a_person_asks_again() {
    let smtp = Smtp::start("550 no such user").await;
    let (services, id) = with_one_mail(&smtp).await;
    assert!(matches!(mail::deliver(&services, id).await, Err(DeliveryError::Never(_))));
    assert_eq!(services.outbox().await[0].state, "dead");
    let mended = Smtp::start("250 fine").await;
    let config = ServicesConfig { smtp_url: Some(mended.url.clone()), ..services.config.clone() };
    let again = Services::start(config).await.unwrap();
    mail::deliver(&again, id).await.unwrap();
    assert_eq!((services.outbox().await[0].state.as_str(), mended.letters().len()), ("sent", 1));
}
