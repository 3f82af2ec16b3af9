//! Signing up, signing in, and who is kept from guessing.

use domain::ErrorKind;
use domain::accounts::{ForgotPassword, SignUp};
use services::accounts::{self, Client};

use super::refusal;
use crate::support::{PASSWORD, TestServices, client};

#[tokio::test]
async fn a_new_owner_is_signed_in_and_can_sign_in_again() {
    let services = TestServices::start().await;
    let owner = services.owner("Ada@Example.com").await;
    let me = accounts::me(&services, &owner).await.unwrap();
    assert_eq!((me.email.as_str(), me.role, me.merchant.currency.code()), ("ada@example.com", domain::Role::Owner, "GBP"));
    assert_eq!(me.merchants.len(), 1);
    let again = services.sign_in("ADA@example.com", PASSWORD).await.unwrap();
    assert_eq!(again.merchant_id, owner.merchant_id);
    assert_eq!((again.tokens.token_type.as_str(), again.tokens.expires_in), ("Bearer", 900));
    assert_eq!(services.audited(&owner).await, ["session.signed_in", "shop.created"]);
}

#[tokio::test]
async fn a_taken_address_is_a_conflict_at_the_field() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    let again = SignUp {
        merchant_name: "Another".to_owned(),
        email: "ADA@example.com".to_owned(),
        password: PASSWORD.to_owned(),
        currency: "EUR".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
    };
    let error = accounts::sign_up(&services, again, &client()).await.err().unwrap().into_app();
    assert_eq!(error.kind, ErrorKind::Conflict);
    assert!(error.field("email").is_some());
}

#[tokio::test]
async fn wrong_inputs_are_named_field_by_field() {
    let services = TestServices::start().await;
    let input = SignUp { email: "nobody".to_owned(), currency: "XXL".to_owned(), ..SignUp::default() };
    let error = accounts::sign_up(&services, input, &client()).await.err().unwrap().into_app();
    for field in ["merchant_name", "email", "password", "currency", "time_zone"] {
        assert!(error.field(field).is_some(), "{field}");
    }
    let nowhere = SignUp {
        merchant_name: "Shop".to_owned(),
        email: "ada@example.com".to_owned(),
        password: PASSWORD.to_owned(),
        currency: "EUR".to_owned(),
        time_zone: "Europe/Atlantis".to_owned(),
    };
    let error = accounts::sign_up(&services, nowhere, &client()).await.err().unwrap().into_app();
    assert!(error.field("time_zone").is_some());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_refused_with_the_same_words() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let wrong = services.sign_in("ada@example.com", "five words in a row").await.err().unwrap().into_app();
    let unknown = services.sign_in("eve@example.com", "five words in a row").await.err().unwrap().into_app();
    assert_eq!(wrong, unknown);
    assert_eq!(wrong.kind, ErrorKind::Unauthorized);
    services.settle().await;
    assert_eq!(services.audited(&owner).await[0], "session.sign_in_failed");
}

#[tokio::test]
async fn ten_wrong_passwords_close_an_account_until_the_window_ends() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    for _ in 0..10 {
        assert_eq!(refusal(services.sign_in("ada@example.com", "wrong password").await), ErrorKind::Unauthorized);
    }
    let error = services.sign_in("ada@example.com", PASSWORD).await.err().unwrap().into_app();
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert!(error.message.contains("minutes") && error.retry_after.is_some_and(|seconds| seconds <= 900), "{error:?}");
    assert_eq!(refusal(services.sign_in("nobody@example.com", "wrong password").await), ErrorKind::Unauthorized, "others are not closed");
    services.clock.advance_ms(15 * 60 * 1_000);
    assert!(services.sign_in("ada@example.com", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_right_password_opens_the_count_anew() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    for _ in 0..3 {
        for _ in 0..9 {
            assert_eq!(refusal(services.sign_in("ada@example.com", "wrong password").await), ErrorKind::Unauthorized);
        }
        assert!(services.sign_in("ada@example.com", PASSWORD).await.is_ok());
    }
}

#[tokio::test]
async fn fifty_wrong_passwords_from_one_address_close_that_address_only() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    for number in 0..50 {
        assert_eq!(refusal(services.sign_in(&format!("guess{number}@example.com"), "x").await), ErrorKind::Unauthorized);
    }
    assert_eq!(refusal(services.sign_in("ada@example.com", PASSWORD).await), ErrorKind::RateLimited);
    let elsewhere = Client { address: "198.51.100.1".to_owned(), ..Client::default() };
    let input = domain::accounts::SignIn { email: "ada@example.com".to_owned(), password: PASSWORD.to_owned() };
    assert!(accounts::sign_in(&services, input, &elsewhere).await.is_ok());
}

#[tokio::test]
async fn guesses_sent_all_at_once_are_counted_too() {
    let services = TestServices::start().await;
    services.sign_up("ada@example.com").await;
    let guesses = (0..40).map(|_| services.sign_in("ada@example.com", "wrong password"));
    let kinds: Vec<ErrorKind> = futures::future::join_all(guesses).await.into_iter().map(refusal).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == ErrorKind::Unauthorized).count(), 10);
}

#[tokio::test]
async fn the_addresses_of_one_ipv6_network_are_counted_together() {
    let services = TestServices::start().await;
    let ask = async |number: usize, address: String| {
        let input = ForgotPassword { email: format!("nobody{number}@example.com") };
        accounts::forgot_password(&services, input, &Client { address, ..Client::default() }).await
    };
    for number in 0..50 {
        assert!(ask(number, format!("2001:db8:1:2:{number:x}::7")).await.is_ok());
    }
    assert_eq!(refusal(ask(50, "2001:db8:1:2:ffff::1".to_owned()).await), ErrorKind::RateLimited);
    assert!(ask(51, "2001:db8:1:3::1".to_owned()).await.is_ok(), "the network beside it is another");
    services.settle().await;
}
