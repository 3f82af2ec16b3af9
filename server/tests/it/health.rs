//! What watches over the server.

use crate::support::{TestApp, call};
use server::listener::Limits;
use services::clock::SystemClock;
use std::sync::Arc;

#[tokio::test]
async fn it_says_that_it_lives_and_is_ready() {
    let app = TestApp::start().await;
    assert_eq!(call(app.get("/healthz")).await.0, 200);
    let (status, parts) = call(app.get("/readyz")).await;
    assert!(status == 200 && parts["database"] == true && parts["draining"] == false, "{parts}");
}

#[tokio::test]
async fn figures_about_requests_name_the_route_and_nothing_personal() {
    let app = TestApp::start().await;
    call(app.get("/api/v1/uploads/01890000-0000-7000-8000-000000000000?secret=canary")).await;
    let (status, text) = call(app.get("/metrics")).await;
    let text = text.as_str().expect("text");
    assert_eq!(status, 200);
    assert!(text.contains("http_server_request_duration_seconds_bucket") && text.contains("route=\"/api/v1/uploads/{id}\""), "{text}");
    assert!(text.contains("process_resident_memory_bytes") && !text.contains("canary") && !text.contains("01890000"), "{text}");
}

#[tokio::test]
async fn figures_are_for_this_machine_or_whoever_has_the_token() {
    let settings = [("TRADEPOST_METRICS_TOKEN", "sixteen-characters-or-more")];
    let app = TestApp::with(&settings, Limits::default(), Arc::new(SystemClock)).await;
    let forwarded = || app.get("/metrics").header("x-forwarded-for", "192.0.2.1");
    assert_eq!(call(forwarded()).await.0, 404);
    assert_eq!(call(forwarded().bearer_auth("sixteen-characters-but-wrong")).await.0, 404);
    assert_eq!(call(forwarded().bearer_auth("sixteen-characters-or-more")).await.0, 200);
}
