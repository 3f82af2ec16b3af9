//! Which frames a page may show: exactly the boards that its member may open, and none anywhere else.

use crate::support::{Member, TestApp, call};
use domain::Role;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

const STUDIO: &str = "https://lookerstudio.google.com/reporting/0b6cbd1a-4dd1-4a7e-9a3c-0c2f1a2b3c4d/page/tEnnC";
const SECURE: &str =
    "https://app.powerbi.com/reportEmbed?reportId=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003&autoAuth=true&ctid=6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0004";

async fn headers(app: &TestApp, member: &Member, path: &str) -> HeaderMap {
    member.get(app, path).send().await.expect("an answer").headers().clone()
}

/// The sources of `frame-src`, as they stand.
fn frame_sources(headers: &HeaderMap) -> String {
    let policy = headers["content-security-policy"].to_str().expect("ASCII");
    let directives: Vec<&str> = policy.split(';').map(str::trim).filter(|part| part.starts_with("frame-src ")).collect();
    assert_eq!(directives.len(), 1, "{policy}");
    directives[0].trim_start_matches("frame-src ").to_owned()
}

async fn add(app: &TestApp, owner: &Member, board: Value) -> String {
    let (status, body) = call(owner.post(app, "/api/v1/embeds", &board)).await;
    assert_eq!(status, 201, "{body}");
    body["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_page_frames_exactly_the_origins_of_its_members_boards() {
    let app = TestApp::start().await;
    let (owner, stranger) = (Member::owner(&app).await, Member::owner(&app).await);
    let viewer = owner.invited(&app, Role::Viewer).await;
    for member in [&owner, &viewer] {
        assert_eq!(frame_sources(&headers(&app, member, "/sales").await), "'none'");
    }
    add(&app, &owner, json!({"paste": STUDIO, "title": "Studio"})).await;
    add(&app, &owner, json!({"paste": "https://bi.example.com:8443/board", "title": "Viewers", "roles": ["viewer"]})).await;
    add(&app, &owner, json!({"paste": "https://off.example.com/board", "title": "Off", "enabled": false})).await;
    let secure = add(&app, &owner, json!({"paste": SECURE, "title": "Admins", "roles": ["owner", "admin"]})).await;
    for path in ["/sales", "/data/uploads", "/boards"] {
        let headers = headers(&app, &viewer, path).await;
        assert_eq!(frame_sources(&headers), "https://bi.example.com:8443 https://lookerstudio.google.com", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
    }
    let page = headers(&app, &owner, "/sales").await;
    assert_eq!(frame_sources(&page), "https://app.powerbi.com https://bi.example.com:8443 https://lookerstudio.google.com");
    // Microsoft's window for signing in has to reach its frame.
    assert_eq!(page["cross-origin-opener-policy"], "same-origin-allow-popups");
    // Where boards are set up, a page of ours shows what is not saved yet; a viewer sets none up.
    let settings = frame_sources(&headers(&app, &owner, "/settings/boards").await);
    assert_eq!(settings, "'self' https://app.powerbi.com https://bi.example.com:8443 https://lookerstudio.google.com");
    assert!(!frame_sources(&headers(&app, &viewer, "/settings/boards").await).contains("'self'"));
    let preview = headers(&app, &owner, "/boards/preview?paste=https%3A%2F%2Fnew.example.com%2Fboard").await;
    assert_eq!(frame_sources(&preview), "https://new.example.com");
    for path in ["/api/v1/me", "/api/docs", "/nothing", "/pkg/nothing.js"] {
        let answer = headers(&app, &owner, path).await;
        assert_eq!((frame_sources(&answer).as_str(), &answer["cross-origin-opener-policy"]), ("'none'", &"same-origin".parse().unwrap()), "{path}");
    }
    assert_eq!(frame_sources(&headers(&app, &stranger, "/sales").await), "'none'");
    assert_eq!(frame_sources(app.get("/sign-in").send().await.expect("an answer").headers()), "'none'");
    assert_eq!(call(owner.request(&app, Method::DELETE, &format!("/api/v1/embeds/{secure}"))).await.0, 204);
    let page = headers(&app, &owner, "/sales").await;
    assert_eq!(frame_sources(&page), "https://bi.example.com:8443 https://lookerstudio.google.com");
    assert_eq!(page["cross-origin-opener-policy"], "same-origin");
}

#[tokio::test]
async fn scripts_stay_ours_whatever_is_framed() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    add(&app, &owner, json!({"paste": STUDIO, "title": "Studio"})).await;
    let headers = headers(&app, &owner, "/sales").await;
    let policy = headers["content-security-policy"].to_str().expect("ASCII");
    for directive in policy.split(';').map(str::trim).filter(|part| !part.starts_with("frame-src ")) {
        assert!(!directive.contains("google"), "{directive}");
    }
}

#[tokio::test]
async fn members_land_on_the_board_that_was_made_the_start_page() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let viewer = owner.invited(&app, Role::Viewer).await;
    let board = add(&app, &owner, json!({"paste": STUDIO, "title": "Studio", "roles": ["viewer"], "is_start": true})).await;
    for (member, location) in [(&viewer, format!("/boards/{board}")), (&owner, "/sales".to_owned())] {
        let headers = headers(&app, member, "/").await;
        assert_eq!(headers["location"].to_str().expect("ASCII"), location);
    }
}

#[tokio::test]
async fn a_view_is_signed_for_whoever_asks_and_a_secret_never_comes_back() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let viewer = owner.invited(&app, Role::Viewer).await;
    let secret = "34fa977d001eb28c0e6e551dff101b0396a36f31174334b5366fb19af6eaf8fe";
    let board = json!({"paste": "https://metabase.example.com/dashboard/42", "title": "Sales", "secret": {"secret": secret}});
    let id = add(&app, &owner, board).await;
    let (status, view) = call(viewer.post(&app, &format!("/api/v1/embeds/{id}/view"), &json!({}))).await;
    assert!(status == 200 && view["url"].as_str().is_some_and(|url| url.starts_with("https://metabase.example.com/embed/dashboard/ey")), "{view}");
    let (_, checked) = call(owner.post(&app, &format!("/api/v1/embeds/{id}/test"), &json!({}))).await;
    assert!(checked.as_array().is_some_and(|steps| steps.len() == 7), "{checked}");
    for path in [format!("/api/v1/embeds/{id}"), "/api/v1/embeds".to_owned(), "/api/v1/audit".to_owned()] {
        for member in [&owner, &viewer] {
            let (_, body) = call(member.get(&app, &path)).await;
            assert!(!body.to_string().contains(&secret[8..24]), "{path}");
        }
    }
    let (_, listed) = call(viewer.get(&app, "/api/v1/embeds")).await;
    assert!(listed[0]["has_secret"] == json!(false) && listed[0]["roles"] == json!([]), "{listed}");
    let misspelt = call(owner.post(&app, "/api/v1/embeds", &json!({"paste": STUDIO, "title": "x", "role": "viewer"}))).await;
    assert!((400..=422).contains(&misspelt.0), "{misspelt:?}");
}
