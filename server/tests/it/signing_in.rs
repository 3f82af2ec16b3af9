//! The life of a session over the API.

use crate::support::{Member, TestApp, call};
use domain::Role;
use serde_json::json;

#[tokio::test]
async fn a_new_owner_is_asked_for_nothing_else() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let (status, me) = call(owner.get(&app, "/api/v1/me")).await;
    assert_eq!(status, 200, "{me}");
    assert_eq!((&me["email"], &me["role"], &me["merchant"]["currency"]), (&json!(owner.email), &json!("owner"), &json!("GBP")));
}

#[tokio::test]
async fn a_session_that_was_ended_is_ended_at_once() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let elsewhere = Member::signed_in(&app, &owner.email).await;
    assert_eq!(call(elsewhere.post(&app, "/api/v1/auth/sign-out", &json!({}))).await.0, 204);
    assert_eq!(call(elsewhere.get(&app, "/api/v1/me")).await.0, 401);
    assert_eq!(call(owner.get(&app, "/api/v1/me")).await.0, 200);
    assert_eq!(call(owner.post(&app, "/api/v1/auth/sign-out-everywhere", &json!({}))).await.0, 204);
    assert_eq!(call(owner.get(&app, "/api/v1/me")).await.0, 401);
    assert_eq!(call(app.post("/api/v1/auth/refresh", &json!({"refresh_token": owner.refresh}))).await.0, 401);
}

#[tokio::test]
async fn a_changed_role_counts_from_the_next_request_on() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let admin = owner.invited(&app, Role::Admin).await;
    let (_, me) = call(admin.get(&app, "/api/v1/me")).await;
    assert_eq!(call(admin.get(&app, "/api/v1/audit")).await.0, 200);
    let path = format!("/api/v1/members/{}", me["user_id"].as_str().expect("an id"));
    let (status, body) = call(owner.request(&app, reqwest::Method::PATCH, &path).json(&json!({"role": "viewer"}))).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(call(admin.get(&app, "/api/v1/audit")).await.0, 403);
    assert_eq!(call(owner.request(&app, reqwest::Method::DELETE, &path)).await.0, 204);
    assert_eq!(call(admin.get(&app, "/api/v1/me")).await.0, 401);
}

#[tokio::test]
async fn shop_settings_are_changed_as_a_whole() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let settings = json!({"name": "Renamed", "currency": "EUR", "time_zone": "Europe/Berlin", "week_start": 7});
    let (status, shop) = call(owner.request(&app, reqwest::Method::PUT, "/api/v1/merchant").json(&settings)).await;
    assert_eq!(status, 200, "{shop}");
    let (_, read) = call(owner.get(&app, "/api/v1/merchant")).await;
    assert_eq!((&read["name"], &read["currency"], &read["week_start"]), (&json!("Renamed"), &json!("EUR"), &json!(7)));
}
