//! Refusals: what they look like and that nothing else looks different.

use crate::support::{Member, TestApp, call};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use server::listener::Limits;
use services::clock::ManualClock;
use std::sync::Arc;

/// The problem of a refused request, with the parts that every problem has.
async fn problem(request: RequestBuilder, status: u16) -> Value {
    let response = request.send().await.expect("the server answers");
    let header = |name: &str, response: &Response| response.headers().get(name).map(|value| value.to_str().expect("ASCII").to_owned());
    let (id, kind, retry) = (header("x-request-id", &response), header("content-type", &response), header("retry-after", &response));
    assert_eq!(response.status().as_u16(), status);
    let body: Value = serde_json::from_str(&response.text().await.expect("a body")).expect("JSON");
    assert_eq!(kind.as_deref(), Some("application/problem+json"), "{body}");
    assert_eq!(body["status"], status, "{body}");
    assert_eq!(body["request_id"].as_str(), id.as_deref(), "{body}");
    assert!(body["type"].as_str().is_some_and(|address| address.starts_with("/api/docs#problem-")), "{body}");
    assert!(["title", "detail"].iter().all(|part| body[*part].as_str().is_some_and(|text| !text.is_empty())), "{body}");
    if [429, 503].contains(&status) {
        assert_eq!(retry, body["retry_after"].as_u64().map(|seconds| seconds.to_string()), "{body}");
    }
    body
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let app = TestApp::start().await;
    problem(app.get("/api/v1/nothing"), 404).await;
    problem(app.get("/api/nothing"), 404).await;
    problem(app.request(Method::DELETE, "/api/v1/me"), 405).await;
    problem(app.get("/api/v1/uploads/not-an-id").bearer_auth("x"), 401).await;
}

#[tokio::test]
async fn bodies_that_do_not_fit_are_problems_that_say_where() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let query = || owner.request(&app, Method::POST, "/api/v1/query");
    problem(query().body("{}"), 415).await;
    problem(query().header("content-type", "application/json").body("{"), 400).await;
    let unknown = problem(query().json(&json!({"measures": ["net_sales"], "dimension": ["country"]})), 422).await;
    assert_eq!(unknown["fields"][0]["field"], "dimension", "{unknown}");
    let nested = problem(query().json(&json!({"measures": ["net_sales"], "time": {"grain": "fortnight"}})), 422).await;
    assert_eq!(nested["fields"][0]["field"], "time.grain", "{nested}");
    let inner = problem(query().json(&json!({"measures": ["net_sales"], "filters": [{"dimension": "country", "op": "in"}]})), 422).await;
    assert_eq!(inner["fields"][0]["field"], "filters[0].values", "{inner}");
    let wrong = problem(query().json(&json!({"measures": []})), 422).await;
    assert_eq!(wrong["fields"][0]["field"], "measures", "{wrong}");
    let long = format!("{{\"measures\": [\"{}\"]}}", "x".repeat(2 << 20));
    problem(query().header("content-type", "application/json").body(long), 413).await;
    problem(owner.get(&app, "/api/v1/uploads/not-an-id"), 404).await;
    problem(owner.get(&app, "/api/v1/audit?before=yesterday"), 400).await;
}

#[tokio::test]
async fn forms_name_every_wrong_field() {
    let app = TestApp::start().await;
    let body = json!({"merchant_name": "", "email": "ada", "password": "short", "currency": "XXQ", "time_zone": "Nowhere/Land"});
    let refusal = problem(app.post("/api/v1/auth/sign-up", &body), 422).await;
    let fields: Vec<&str> = refusal["fields"].as_array().expect("fields").iter().filter_map(|field| field["field"].as_str()).collect();
    for field in ["merchant_name", "email", "password", "currency"] {
        assert!(fields.contains(&field), "{refusal}");
    }
    let misspelt = json!({"email": "ada@example.com", "password": "four words in a row", "remember_me": true});
    assert_eq!(problem(app.post("/api/v1/auth/sign-in", &misspelt), 422).await["fields"][0]["field"], "remember_me");
    let missing = problem(app.post("/api/v1/auth/sign-in", &json!({"email": "ada@example.com"})), 422).await;
    assert_eq!(missing["fields"][0]["field"], "password", "{missing}");
}

#[tokio::test]
async fn too_many_tries_say_when_to_come_back() {
    // Tries are counted by the quarter of an hour, and none ends on this clock.
    let clock = Arc::new(ManualClock::at(1_768_478_400_000));
    let app = TestApp::with(&[], Limits::default(), clock).await;
    let wrong = json!({"email": "ada@example.com", "password": "not the right one"});
    for _ in 0..10 {
        problem(app.post("/api/v1/auth/sign-in", &wrong), 401).await;
    }
    let refusal = problem(app.post("/api/v1/auth/sign-in", &wrong), 429).await;
    assert!(refusal["retry_after"].as_u64().is_some_and(|seconds| seconds > 0), "{refusal}");
}

#[tokio::test]
async fn an_address_that_is_taken_is_a_conflict_and_a_wrong_password_gives_nothing_away() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let again =
        json!({"merchant_name": "Other", "email": owner.email, "password": "four words in a row", "currency": "EUR", "time_zone": "Europe/Paris"});
    let (status, body) = call(app.post("/api/v1/auth/sign-up", &again)).await;
    assert!([409, 422].contains(&status), "{status} {body}");
    let known = problem(app.post("/api/v1/auth/sign-in", &json!({"email": owner.email, "password": "not the right one"})), 401).await;
    let unknown = problem(app.post("/api/v1/auth/sign-in", &json!({"email": "nobody@example.com", "password": "not the right one"})), 401).await;
    assert_eq!(known["detail"], unknown["detail"]);
}

#[tokio::test]
async fn a_request_id_is_taken_over_or_made() {
    let app = TestApp::start().await;
    let id = |response: Response| response.headers()["x-request-id"].to_str().expect("ASCII").to_owned();
    let given = app.get("/healthz").header("x-request-id", "order-7-of-9").send().await.expect("an answer");
    assert_eq!(id(given), "order-7-of-9");
    let made = app.get("/healthz").header("x-request-id", "a b\"c").send().await.expect("an answer");
    assert_eq!(id(made).len(), 36);
}

#[tokio::test]
async fn writes_from_other_sites_pages_are_refused() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let cookie = format!("tradepost_access={}", owner.access);
    let by_cookie = |site: &str| app.request(Method::POST, "/api/v1/auth/sign-out").header("cookie", &cookie).header("sec-fetch-site", site);
    problem(by_cookie("cross-site"), 403).await;
    problem(by_cookie("same-site"), 403).await;
    let from_elsewhere = app.request(Method::POST, "/api/v1/auth/sign-out").header("cookie", &cookie).header("origin", "https://evil.example");
    problem(from_elsewhere, 403).await;
    // A bearer token is not sent unasked, and cookies beside it do not count.
    let by_bearer = owner.request(&app, Method::POST, "/api/v1/query").header("origin", "https://partner.example");
    let (status, body) = call(by_bearer.json(&json!({"measures": ["orders"]}))).await;
    assert_eq!(status, 200, "{body}");
    let both = app.request(Method::POST, "/api/v1/auth/sign-out").header("cookie", &cookie).header("origin", "https://evil.example").bearer_auth("x");
    problem(both, 401).await;
    assert_eq!(call(by_cookie("same-origin")).await.0, 204);
}

#[tokio::test]
async fn a_panic_is_an_answer_and_not_the_end() {
    async fn panics() -> &'static str {
        panic!("canary")
    }
    let app = TestApp::start().await;
    let routes = axum::Router::new().route("/api/panics", axum::routing::get(panics)).route("/panics", axum::routing::get(panics));
    let router = server::router::surrounded(routes, app.running.app.clone());
    for path in ["/api/panics", "/panics"] {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).expect("a request");
        let response = tower::ServiceExt::oneshot(router.clone(), request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
        let text = String::from_utf8_lossy(&body);
        let id = parts.headers["x-request-id"].to_str().expect("ASCII");
        assert!(parts.status == 500 && text.contains(id) && !text.contains("canary"), "{text}");
        assert!(parts.headers.contains_key("content-security-policy"));
    }
}
