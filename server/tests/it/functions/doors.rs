//! The list of all server functions, as they registered themselves.

use super::caller::things_for;
use super::table::{PUBLIC, PUBLIC_READS, TABLE};
use crate::support::{Member, TestApp, call};
use reqwest::Method;
use server::pages::SERVER_FUNCTIONS;
use std::collections::BTreeSet;

/// Path below the prefix, and method, of every function that the server has.
fn registered() -> BTreeSet<(&'static str, String)> {
    let function = |(path, method): (&'static str, axum::http::Method)| {
        let path = path.strip_prefix(SERVER_FUNCTIONS).unwrap_or_else(|| panic!("{path} stands under another prefix"));
        (path, method.to_string())
    };
    leptos::server_fn::axum::server_fn_paths().map(function).collect()
}

#[test]
fn every_function_is_in_the_table_or_named_public_and_only_reads_are_gets() {
    let members = TABLE.iter().map(|row| (row.path, row.method().to_string()));
    let public = PUBLIC.iter().map(|path| (*path, if PUBLIC_READS.contains(path) { Method::GET } else { Method::POST }.to_string()));
    let named: Vec<_> = members.chain(public).collect();
    let expected: BTreeSet<_> = named.iter().cloned().collect();
    assert_eq!(expected.len(), named.len(), "a function is named twice");
    let registered = registered();
    let unnamed: Vec<_> = registered.difference(&expected).collect();
    assert!(unnamed.is_empty(), "say in the table who may call {unnamed:?} and with what, or name them public");
    let gone: Vec<_> = expected.difference(&registered).collect();
    assert!(gone.is_empty(), "no such functions any more: {gone:?}");
}

#[tokio::test]
async fn another_sites_page_cannot_call_them() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let things = things_for(&app, &owner, &owner).await;
    let cookie = format!("tradepost_access={}", owner.access);
    for row in TABLE.iter().filter(|row| row.method() != Method::GET) {
        let mut request = row.call(&app, &things).header("cookie", &cookie).build().expect("a request");
        request.headers_mut().insert("sec-fetch-site", "cross-site".parse().expect("a header's value"));
        let response = app.http.execute(request).await.expect("an answer");
        assert_eq!(response.status(), 403, "{}", row.path);
    }
    for path in PUBLIC.iter().filter(|path| !PUBLIC_READS.contains(path)) {
        let request = app.request(Method::POST, &format!("{SERVER_FUNCTIONS}{path}")).header("sec-fetch-site", "cross-site");
        let (status, body) = call(request.header("content-type", "application/x-www-form-urlencoded").body("")).await;
        assert_eq!(status, 403, "{path}: {body}");
    }
}

#[tokio::test]
async fn input_that_cannot_be_read_is_the_callers_mistake() {
    let app = TestApp::start().await;
    let wants_input = TABLE.iter().filter(|row| row.method() == Method::POST && !row.input.text().is_empty()).map(|row| row.path);
    for path in wants_input.chain(["accounts/sign-in", "accounts/sign-up"]) {
        let request = app.request(Method::POST, &format!("{SERVER_FUNCTIONS}{path}")).header("content-type", "application/x-www-form-urlencoded");
        let (status, body) = call(request.body("nonsense=1")).await;
        assert!(status == 400 && body["kind"] == "bad_request", "{path}: {status} {body}");
    }
}
