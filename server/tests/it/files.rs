//! Static files: how long they are kept and in which form they come.

use crate::support::TestApp;
use reqwest::Response;
use server::listener::Limits;
use services::clock::SystemClock;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A built site in small: one package folder named by its hash, and a public file.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("pkg/current", "0123456789abcdef\n");
    write("pkg/0123456789abcdef/tradepost.js", "plain");
    write("pkg/0123456789abcdef/tradepost.js.br", "brotli");
    write("pkg/0123456789abcdef/tradepost.wasm", "\0asm");
    write("robots.txt", "User-agent: *");
    folder
}

async fn app(site: &TempDir) -> TestApp {
    let path = site.path().display().to_string();
    TestApp::with(&[("TRADEPOST_SITE_DIR", &path)], Limits::default(), Arc::new(SystemClock)).await
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_come_compressed() {
    let site = site();
    let app = app(&site).await;
    let response = app.get("/pkg/0123456789abcdef/tradepost.js").header("accept-encoding", "gzip, br").send().await.expect("an answer");
    assert_eq!(header(&response, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((header(&response, "content-encoding"), header(&response, "content-type")), ("br", "text/javascript"));
    assert_eq!(response.text().await.expect("a body"), "brotli");
    let plain = app.get("/pkg/0123456789abcdef/tradepost.js").send().await.expect("an answer");
    assert_eq!(header(&plain, "content-encoding"), "");
    assert_eq!(plain.text().await.expect("a body"), "plain");
    let wasm = app.get("/pkg/0123456789abcdef/tradepost.wasm").send().await.expect("an answer");
    assert_eq!(header(&wasm, "content-type"), "application/wasm");
}

#[tokio::test]
async fn a_missing_file_is_not_kept() {
    let site = site();
    let app = app(&site).await;
    for path in ["/pkg/fedcba9876543210/tradepost.js", "/pkg/../robots.txt", "/pkg/%2e%2e/%2e%2e/etc/passwd", "/missing.png"] {
        let response = app.get(path).send().await.expect("an answer");
        if path == "/pkg/../robots.txt" {
            // The client itself takes the dots out.
            assert_eq!(response.status(), 200);
        } else {
            assert_eq!((response.status().as_u16(), header(&response, "cache-control")), (404, "no-store"), "{path}");
        }
    }
}

#[tokio::test]
async fn other_files_are_asked_for_again_and_need_not_be_sent_again() {
    let site = site();
    let app = app(&site).await;
    let first = app.get("/robots.txt").send().await.expect("an answer");
    assert_eq!((first.status().as_u16(), header(&first, "cache-control")), (200, "public, max-age=3600"));
    let tag = header(&first, "etag").to_owned();
    assert!(!tag.is_empty());
    let again = app.get("/robots.txt").header("if-none-match", tag).send().await.expect("an answer");
    assert_eq!(again.status(), 304);
}

#[tokio::test]
async fn pages_ask_for_the_package_that_was_built() {
    let site = site();
    let app = app(&site).await;
    let page = app.get("/sign-in").send().await.expect("an answer").text().await.expect("a page");
    for file in ["tradepost.js", "tradepost.wasm", "tradepost.css"] {
        assert!(page.contains(&format!("/pkg/0123456789abcdef/{file}")), "{file}");
    }
}
