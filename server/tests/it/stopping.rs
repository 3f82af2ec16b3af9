//! A graceful end.

use crate::support::{Member, TestApp, call};
use reqwest::Method;
use server::listener::Limits;
use services::clock::SystemClock;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn it_says_that_it_drains_finishes_what_is_under_way_and_closes() {
    let app = TestApp::with(&[], Limits { notice: Duration::from_secs(5), ..Limits::default() }, Arc::new(SystemClock)).await;
    let owner = Member::owner(&app).await;
    // Half a request is under way when the end begins.
    let body = "{\"measures\": [\"orders\"]}";
    let head = format!(
        "POST /api/v1/query HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        owner.access,
        body.len()
    );
    let mut stream = TcpStream::connect(app.running.address).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("the server reads");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let (url, http) = (app.url("/readyz"), app.http.clone());
    let TestApp { running, folder: _folder, .. } = app;
    let stopping = tokio::spawn(running.stop());
    tokio::time::sleep(Duration::from_millis(100)).await;
    let (status, parts) = call(http.request(Method::GET, &url)).await;
    assert!(status == 503 && parts["status"] == "draining", "{status} {parts}");
    // New connections are refused before long.
    while http.get(&url).send().await.is_ok() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stream.write_all(body.as_bytes()).await.expect("the server still reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it is answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    tokio::time::timeout(Duration::from_secs(60), stopping).await.expect("it ends").expect("it ends well");
}
