//! Rotation of refresh tokens, their reuse, and the end of sessions.

use domain::ErrorKind;
use services::accounts;

use super::refusal;
use crate::support::{PASSWORD, TestServices, client};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

#[tokio::test]
async fn a_refresh_token_is_good_once_and_its_reuse_ends_the_session() {
    let services = TestServices::start().await;
    let first = services.sign_up("ada@example.com").await;
    let second = accounts::refresh(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    assert_ne!(first.tokens.refresh_token, second.tokens.refresh_token);
    let owner = services.actor(&second).await;
    assert_eq!(refusal(accounts::refresh(&services, &first.tokens.refresh_token, &client()).await), ErrorKind::Unauthorized);
    assert_eq!(refusal(accounts::refresh(&services, &second.tokens.refresh_token, &client()).await), ErrorKind::Unauthorized);
    assert_eq!(refusal(accounts::authenticate(&services, &second.tokens.access_token, "").await), ErrorKind::Unauthorized);
    assert_eq!(services.audited(&owner).await[0], "session.token_reused");
}

#[tokio::test]
async fn parallel_requests_of_one_page_all_learn_the_same_new_token() {
    let services = TestServices::start().await;
    let first = services.sign_up("ada@example.com").await;
    let second = accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    services.clock.advance_ms(14_000);
    let parallel = accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    assert_eq!(second.tokens.refresh_token, parallel.tokens.refresh_token);
}

#[tokio::test]
async fn a_browser_that_never_got_the_answer_asks_again_and_stays_signed_in() {
    let services = TestServices::start().await;
    let first = services.sign_up("ada@example.com").await;
    let lost = accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    let owner = services.actor(&lost).await;
    services.clock.advance_ms(DAY_MS);
    let second = accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    services.actor(&second).await;
    services.settle().await;
    let parallel = accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    assert_eq!(second.tokens.refresh_token, parallel.tokens.refresh_token);
    services.clock.advance_ms(DAY_MS);
    let third = accounts::refresh_browser(&services, &second.tokens.refresh_token, &client()).await.unwrap();
    assert_ne!(second.tokens.refresh_token, third.tokens.refresh_token);
    assert_eq!(services.audited(&owner).await[0], "shop.created");
}

#[tokio::test]
async fn a_token_whose_successor_is_in_use_was_copied_and_ends_the_session() {
    let services = TestServices::start().await;
    let first = services.sign_up("ada@example.com").await;
    let second = accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    services.clock.advance_ms(16_000);
    let owner = services.actor(&second).await;
    services.settle().await;
    assert_eq!(refusal(accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await), ErrorKind::Unauthorized);
    assert_eq!(refusal(accounts::refresh_browser(&services, &second.tokens.refresh_token, &client()).await), ErrorKind::Unauthorized);
    let other = services.actor(&services.sign_in("ada@example.com", PASSWORD).await.unwrap()).await;
    assert_eq!(other.user_id, owner.user_id);
    assert_eq!(services.audited(&other).await[..2], ["session.signed_in", "session.token_reused"]);
}

#[tokio::test]
async fn programs_do_not_get_a_second_answer() {
    let services = TestServices::start().await;
    let first = services.sign_up("ada@example.com").await;
    accounts::refresh(&services, &first.tokens.refresh_token, &client()).await.unwrap();
    services.clock.advance_ms(DAY_MS);
    assert_eq!(refusal(accounts::refresh(&services, &first.tokens.refresh_token, &client()).await), ErrorKind::Unauthorized);
}

#[tokio::test]
async fn requests_at_once_rotate_once() {
    let services = TestServices::start().await;
    let first = services.sign_up("ada@example.com").await;
    let tries =
        (0..8).map(|_| async { accounts::refresh_browser(&services, &first.tokens.refresh_token, &client()).await.unwrap().tokens.refresh_token });
    let tokens = futures::future::join_all(tries).await;
    assert!(tokens.iter().all(|token| *token == tokens[0]));
}

#[tokio::test]
async fn a_session_lives_while_it_is_used_and_ends_thirty_days_after() {
    let services = TestServices::start().await;
    let mut session = services.sign_up("ada@example.com").await;
    for _ in 0..3 {
        services.clock.advance_ms(29 * DAY_MS);
        session = accounts::refresh(&services, &session.tokens.refresh_token, &client()).await.unwrap();
    }
    services.clock.advance_ms(30 * DAY_MS);
    assert_eq!(refusal(accounts::refresh(&services, &session.tokens.refresh_token, &client()).await), ErrorKind::Unauthorized);
}

#[tokio::test]
async fn made_up_refresh_tokens_are_refused() {
    let services = TestServices::start().await;
    let session = services.sign_up("ada@example.com").await;
    let (_, secret) = session.tokens.refresh_token.rsplit_once('.').unwrap();
    let other = format!("1.{}.{secret}", uuid::Uuid::nil());
    for token in ["", "x", "1.2.3", "9999999999999999999.x.y", other.as_str()] {
        assert_eq!(refusal(accounts::refresh(&services, token, &client()).await), ErrorKind::Unauthorized, "{token}");
    }
    assert!(accounts::refresh(&services, &session.tokens.refresh_token, &client()).await.is_ok());
}

#[tokio::test]
async fn signing_out_ends_this_session_and_everywhere_ends_all() {
    let services = TestServices::start().await;
    let here = services.sign_up("ada@example.com").await;
    let there = services.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let third = services.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let actor = services.actor(&here).await;
    accounts::sign_out(&services, &actor).await.unwrap();
    assert_eq!(refusal(accounts::authenticate(&services, &here.tokens.access_token, "").await), ErrorKind::Unauthorized);
    assert_eq!(refusal(accounts::refresh(&services, &here.tokens.refresh_token, &client()).await), ErrorKind::Unauthorized);
    let actor = services.actor(&there).await;
    accounts::sign_out_everywhere(&services, &actor).await.unwrap();
    for session in [&there, &third] {
        assert_eq!(refusal(accounts::authenticate(&services, &session.tokens.access_token, "").await), ErrorKind::Unauthorized);
    }
}

#[tokio::test]
async fn people_see_and_end_their_own_sessions_only() {
    let services = TestServices::start().await;
    let ada = services.owner("ada@example.com").await;
    let other = services.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let eve = services.owner("eve@example.com").await;
    let mine = accounts::list_sessions(&services, &ada).await.unwrap();
    assert_eq!((mine.len(), mine.iter().filter(|session| session.is_current).count()), (2, 1));
    assert_eq!(refusal(accounts::end_session(&services, &eve, other.session_id).await), ErrorKind::NotFound);
    accounts::end_session(&services, &ada, other.session_id).await.unwrap();
    assert_eq!(refusal(accounts::authenticate(&services, &other.tokens.access_token, "").await), ErrorKind::Unauthorized);
    assert_eq!(refusal(accounts::end_session(&services, &ada, other.session_id).await), ErrorKind::NotFound);
    assert_eq!(accounts::list_sessions(&services, &ada).await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_programs_that_refresh_at_once_with_one_token_one_gets_through_and_the_session_ends() {
    let services = TestServices::start().await;
    let first = services.sign_up("ada@example.com").await;
    let browser = client();
    let tries = (0..4).map(|_| accounts::refresh(&services, &first.tokens.refresh_token, &browser));
    let passed: Vec<_> = futures::future::join_all(tries).await.into_iter().filter_map(Result::ok).collect();
    assert_eq!(passed.len(), 1);
    assert_eq!(refusal(accounts::authenticate(&services, &passed[0].tokens.access_token, "").await), ErrorKind::Unauthorized);
}
