//! Sockets that hold on to the server without asking anything.

use crate::support::TestApp;
use server::listener::Limits;
use services::clock::SystemClock;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn impatient(limits: Limits) -> TestApp {
    let limits = Limits { header_deadline: Duration::from_millis(400), idle: Duration::from_millis(1200), ..limits };
    TestApp::with(&[], limits, Arc::new(SystemClock)).await
}

/// Sends bytes one by one and waits for the server to hang up.
async fn is_dropped(app: &TestApp, bytes: &[u8], pause: Duration) {
    let mut stream = TcpStream::connect(app.running.address).await.expect("a connection");
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            break;
        }
        tokio::time::sleep(pause).await;
    }
    let mut answer = Vec::new();
    // A reset is as good as an end.
    let _ = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut answer)).await.expect("the server hangs up");
    assert!(!answer.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&answer));
}

#[tokio::test]
async fn a_silent_socket_is_dropped() {
    let app = impatient(Limits::default()).await;
    is_dropped(&app, b"", Duration::ZERO).await;
}

#[tokio::test]
async fn a_socket_that_begins_like_http2_and_stalls_is_dropped() {
    let app = impatient(Limits::default()).await;
    is_dropped(&app, b"P", Duration::ZERO).await;
    is_dropped(&app, b"PRI * HTTP/2.0\r\n", Duration::from_millis(60)).await;
}

#[tokio::test]
async fn headers_that_trickle_are_dropped() {
    let app = impatient(Limits::default()).await;
    is_dropped(&app, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: loris", Duration::from_millis(40)).await;
}

#[tokio::test]
async fn a_body_that_never_comes_is_dropped() {
    let app = impatient(Limits::default()).await;
    let head = b"POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{";
    is_dropped(&app, head, Duration::ZERO).await;
}

#[tokio::test]
async fn one_address_cannot_take_all_places() {
    let app = impatient(Limits { connections_per_address: Some(2), header_deadline: Duration::from_secs(5), ..Limits::default() }).await;
    let first = TcpStream::connect(app.running.address).await.expect("a connection");
    let _second = TcpStream::connect(app.running.address).await.expect("a connection");
    tokio::time::sleep(Duration::from_millis(50)).await;
    let mut third = TcpStream::connect(app.running.address).await.expect("a connection");
    assert_eq!(third.read(&mut [0; 1]).await.unwrap_or_default(), 0);
    drop(first);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(app.get("/healthz").send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn http2_is_spoken_to_whoever_begins_with_it() {
    let app = TestApp::start().await;
    let http = reqwest::Client::builder().http2_prior_knowledge().build().expect("a client");
    let response = http.get(app.url("/healthz")).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), response.version()), (200, reqwest::Version::HTTP_2));
}
