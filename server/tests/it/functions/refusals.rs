//! Every function of the table with valid input, called as everyone who must not and everyone who may.

use super::caller::things_for;
use super::table::TABLE;
use crate::support::{Member, TestApp, call};
use domain::Role;
use reqwest::Method;
use serde_json::json;
use server::listener::Limits;
use services::clock::{Clock, ManualClock};
use std::sync::Arc;

/// What a function answers that did its work, or found the thing and has nothing to do with it as it is now.
const DONE: [u16; 2] = [200, 409];

#[tokio::test]
async fn nobody_gets_in_without_a_cookie_or_with_one_that_has_ended() {
    let clock = Arc::new(ManualClock::at(1_760_000_000_000));
    let app = TestApp::with(&[], Limits::default(), Arc::clone(&clock) as Arc<dyn Clock>).await;
    let owner = Member::owner(&app).await;
    let things = things_for(&app, &owner, &owner).await;
    assert_eq!(TABLE[0].answer(&app, &things, &owner.access).await.0, 200);
    clock.advance_ms(20 * 60 * 1000);
    for row in &TABLE {
        let answers = [call(row.call(&app, &things)).await, row.answer(&app, &things, &owner.access).await];
        for ((status, body), who) in answers.into_iter().zip(["nobody", "one whose access has ended"]) {
            assert!(status == 401 && body["kind"] == "unauthorized", "{} as {who}: {status} {body}", row.path);
        }
    }
}

#[tokio::test]
async fn each_role_may_call_what_the_table_says_and_nothing_else() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    for role in Role::ALL {
        let mut member = if role == Role::Owner { owner.clone() } else { owner.invited(&app, role).await };
        let things = things_for(&app, &owner, &member).await;
        for row in &TABLE {
            let (status, body) = row.answer(&app, &things, &member.access).await;
            if role >= row.lowest {
                assert!(DONE.contains(&status), "{} as {role}: {status} {body}", row.path);
            } else {
                assert!(status == 403 && body["kind"] == "forbidden", "{} as {role}: {status} {body}", row.path);
            }
            if row.ends_the_session() {
                member = Member::signed_in(&app, &member.email).await;
            }
        }
    }
}

#[tokio::test]
async fn another_shops_things_do_not_exist() {
    let app = TestApp::start().await;
    let (owner, stranger) = (Member::owner(&app).await, Member::owner(&app).await);
    let things = things_for(&app, &owner, &owner).await;
    let naming = || TABLE.iter().filter(|row| row.names_a_thing());
    for row in naming() {
        let (status, body) = row.answer(&app, &things, &stranger.access).await;
        assert!(status == 404 && body["kind"] == "not_found", "{} of another shop: {status} {body}", row.path);
    }
    // And the stranger's tries have taken nothing away.
    for row in naming() {
        let (status, body) = row.answer(&app, &things, &owner.access).await;
        assert!(DONE.contains(&status), "{} of one's own shop: {status} {body}", row.path);
    }
}

#[tokio::test]
async fn a_board_for_other_roles_does_not_exist() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let analyst = owner.invited(&app, Role::Analyst).await;
    let things = things_for(&app, &owner, &owner).await;
    let path = format!("/api/v1/dashboards/{}", things["dashboards"]);
    let share = owner.request(&app, Method::PATCH, &path).json(&json!({"roles": ["viewer"]}));
    assert_eq!(call(share).await.0, 204);
    let naming: Vec<_> = TABLE.iter().filter(|row| row.input.text().contains("<dashboards>")).collect();
    assert!(naming.len() >= 12, "{}", naming.len());
    for row in naming {
        let (status, body) = row.answer(&app, &things, &analyst.access).await;
        assert!(status == 404 && body["kind"] == "not_found", "{}: {status} {body}", row.path);
    }
}
