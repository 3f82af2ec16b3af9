//! The pages' server functions: each is a door of its own.

use crate::support::{Member, TestApp, call};
use domain::Role;
use reqwest::Method;
use server::pages::SERVER_FUNCTIONS;

/// What strangers may call: entering, in its several ways. Each function there counts its callers' tries.
const PUBLIC: &str = "/api/fn/accounts/";

/// What is read with GET. A write never is: whoever adds to this list says that it changes nothing.
const READS: [&str; 14] = [
    "/api/fn/accounts/demo-is-open",
    "/api/fn/accounts/time-zones",
    "/api/fn/dashboards/sales",
    "/api/fn/jobs/list",
    "/api/fn/session/me",
    "/api/fn/settings/api-keys",
    "/api/fn/settings/audit",
    "/api/fn/settings/invitations",
    "/api/fn/settings/members",
    "/api/fn/settings/sessions",
    "/api/fn/sources/issues",
    "/api/fn/sources/mapping-preview",
    "/api/fn/sources/upload",
    "/api/fn/sources/uploads",
];

fn functions() -> Vec<(&'static str, Method)> {
    let mut functions: Vec<_> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path, Method::from_bytes(method.as_str().as_bytes()).expect("a method")))
        .collect();
    functions.sort_by_key(|(path, method)| (*path, method.to_string()));
    assert!(functions.len() >= 10, "{functions:?}");
    functions
}

#[tokio::test]
async fn all_stand_under_one_prefix_and_only_reads_are_gets() {
    for (path, method) in functions() {
        assert!(path.starts_with(SERVER_FUNCTIONS), "{path}");
        assert!(method == Method::POST || (method == Method::GET && READS.contains(&path)), "{method} {path}");
    }
}

#[tokio::test]
async fn strangers_get_nothing_from_members_functions() {
    let app = TestApp::start().await;
    for (path, method) in functions().into_iter().filter(|(path, _)| !path.starts_with(PUBLIC)) {
        for body in ["", "{}"] {
            let request = app.request(method.clone(), path).header("accept", "application/json");
            let request =
                if method == Method::GET { request } else { request.header("content-type", "application/x-www-form-urlencoded").body(body) };
            let (status, body) = call(request).await;
            // Where input is missing, that is found before anyone is asked for.
            assert!([400, 401].contains(&status) || (status == 500 && body["kind"] == "bad_request"), "{method} {path}: {status} {body}");
        }
    }
}

#[tokio::test]
async fn strangers_cannot_read_what_needs_no_input() {
    let app = TestApp::start().await;
    for path in READS.iter().filter(|path| !path.starts_with(PUBLIC) && !path.contains("sources/") && !path.contains("dashboards/")) {
        let (status, body) = call(app.get(path)).await;
        assert!(status == 401 || (status != 200 && path.ends_with("audit")), "{path}: {status} {body}");
    }
}

#[tokio::test]
async fn viewers_do_not_read_what_is_for_admins() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let viewer = owner.invited(&app, Role::Viewer).await;
    for path in ["jobs/list", "settings/api-keys", "settings/invitations", "settings/members"] {
        let path = format!("{SERVER_FUNCTIONS}{path}");
        let as_cookie = |member: &Member| app.get(&path).header("cookie", format!("tradepost_access={}", member.access));
        assert_eq!(call(as_cookie(&owner)).await.0, 200, "{path}");
        let (status, body) = call(as_cookie(&viewer)).await;
        assert!(status == 403 && body["kind"] == "forbidden", "{path}: {status} {body}");
    }
}

#[tokio::test]
async fn another_sites_page_cannot_call_them() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    for (path, method) in functions().into_iter().filter(|(_, method)| *method != Method::GET) {
        let request = app.request(method, path).header("cookie", format!("tradepost_access={}", owner.access)).header("sec-fetch-site", "cross-site");
        let (status, body) = call(request.header("content-type", "application/x-www-form-urlencoded").body("")).await;
        assert_eq!(status, 403, "{path}: {body}");
    }
}
