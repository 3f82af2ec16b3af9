//! Headers of every answer.

use crate::support::{Member, TestApp};
use reqwest::header::HeaderMap;
use server::listener::Limits;
use services::clock::SystemClock;
use std::sync::Arc;

async fn headers(app: &TestApp, path: &str) -> HeaderMap {
    app.get(path).send().await.expect("an answer").headers().clone()
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_it_may_do() {
    let app = TestApp::start().await;
    for path in
        ["/", "/sign-in", "/sales", "/nothing", "/healthz", "/api/docs", "/api/openapi.json", "/api/v1/me", "/api/v1/nothing", "/pkg/nothing.js"]
    {
        let headers = headers(&app, path).await;
        let policy = headers["content-security-policy"].to_str().expect("ASCII").to_owned();
        for part in ["'wasm-unsafe-eval'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'", "form-action 'self'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("'unsafe-eval'") && !policy.contains("script-src 'unsafe-inline'"), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "strict-origin-when-cross-origin", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
        assert!(headers.contains_key("permissions-policy") && headers.contains_key("x-request-id"), "{path}");
        assert!(!headers.contains_key("strict-transport-security"), "{path}");
    }
}

#[tokio::test]
async fn inline_scripts_carry_the_nonce_of_their_own_answer() {
    let app = TestApp::start().await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let response = app.get("/sign-in").send().await.expect("an answer");
        let policy = response.headers()["content-security-policy"].to_str().expect("ASCII").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        let page = response.text().await.expect("a page");
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
        }
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn over_tls_browsers_are_told_to_stay_there_and_cookies_are_bound_to_the_host() {
    let settings = [("TRADEPOST_PUBLIC_URL", "https://shop.example.com"), ("TRADEPOST_TRUST_PROXY", "on")];
    let app = TestApp::with(&settings, Limits::default(), Arc::new(SystemClock)).await;
    assert_eq!(headers(&app, "/sign-in").await["strict-transport-security"], "max-age=31536000; includeSubDomains");
    let owner = Member::owner(&app).await;
    let with = |name: &str| app.get("/api/v1/me").header("cookie", format!("{name}={}", owner.access));
    assert_eq!(with("tradepost_access").send().await.expect("an answer").status(), 401);
    assert_eq!(with("__Host-tradepost_access").send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn texts_are_compressed() {
    let app = TestApp::start().await;
    let response = app.get("/api/openapi.json").header("accept-encoding", "br").send().await.expect("an answer");
    assert_eq!(response.headers()["content-encoding"], "br");
}

#[tokio::test]
async fn what_belongs_to_a_shop_is_kept_in_no_cache() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let me = owner.get(&app, "/api/v1/me").send().await.expect("an answer");
    assert_eq!(me.headers()["cache-control"], "no-store");
    assert_eq!(headers(&app, "/api/v1/me").await["cache-control"], "no-store");
}
