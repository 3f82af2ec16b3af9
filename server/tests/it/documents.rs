//! The API's document: what integrators build on, held by a snapshot.

use crate::support::{TestApp, call};
use std::path::Path;

/// To accept a change: `UPDATE_SNAPSHOTS=1 cargo test -p server --test it document`.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test's own switch")]
async fn the_document_is_the_one_that_was_agreed_on() {
    let app = TestApp::start().await;
    let current = app.get("/api/openapi.json").send().await.expect("an answer").text().await.expect("a body");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/openapi.json");
    if std::env::var("UPDATE_SNAPSHOTS").is_ok() {
        std::fs::write(&path, &current).expect("it can be written");
    }
    let agreed = std::fs::read_to_string(&path).expect("it can be read");
    let different = current.lines().zip(agreed.lines()).find(|(now, then)| now != then);
    assert!(
        current == agreed,
        "openapi.json differs, first at {different:?}; if that is meant: UPDATE_SNAPSHOTS=1 cargo test -p server --test it document"
    );
}

#[tokio::test]
async fn every_operation_is_explained_and_answers_with_a_type() {
    let app = TestApp::start().await;
    let document = app.document().await;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{method} {path} has no summary");
            let refusal = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(refusal, "#/components/schemas/Problem", "{method} {path}");
        }
    }
    let text = document.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(!document["components"]["schemas"][name].is_null(), "{name} is referred to and not described");
    }
}

#[tokio::test]
async fn the_page_shows_every_operation_and_loads_nothing_from_elsewhere() {
    let app = TestApp::start().await;
    let (status, page) = call(app.get("/api/docs")).await;
    let page = page.as_str().expect("a page");
    assert_eq!(status, 200);
    for path in app.document().await["paths"].as_object().expect("paths").keys() {
        assert!(page.contains(path), "{path} is missing");
    }
    assert!(!page.contains("<script") && !page.contains("src=\"http") && !page.contains("href=\"http"), "it stands alone");
    assert_eq!(call(app.get("/api/docs.css")).await.0, 200);
}
