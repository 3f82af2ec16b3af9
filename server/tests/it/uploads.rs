//! Files on their way in, and the figures they become.

use crate::support::{Member, SALES, TestApp, call, sales_file};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use server::listener::Limits;
use services::clock::SystemClock;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

#[tokio::test]
async fn a_file_becomes_figures() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let upload = owner.upload(&app, SALES).await;
    assert_eq!(upload["status"], "completed", "{upload}");
    assert_eq!((&upload["rows_total"], &upload["rows_accepted"], &upload["rows_rejected"]), (&json!(5), &json!(5), &json!(0)), "{upload}");
    let question = json!({"measures": ["net_sales", "gross_sales", "orders"], "dimensions": ["country"], "order": [{"by": "country"}]});
    let (status, answer) = call(owner.post(&app, "/api/v1/query", &question)).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["rows"], json!([["DE", 750, 750, 1], ["FR", 1250, 1750, 1], ["GB", 2750, 2750, 1]]), "{answer}");
    let again = owner.upload(&app, SALES).await;
    assert_eq!((&again["rows_accepted"], &again["rows_duplicate"]), (&json!(0), &json!(5)), "{again}");
    let (status, dashboard) = call(owner.get(&app, "/api/v1/dashboards/sales?range=all&country=GB")).await;
    assert!(status == 200 && dashboard["figures"].as_array().is_some_and(|figures| !figures.is_empty()), "{dashboard}");
}

#[tokio::test]
async fn rejected_rows_come_back_as_csv() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let broken = format!("{SALES}1004,not a day,A-1,Blue mug,1,7.50,Germany,c2\n");
    let upload = owner.upload(&app, &broken).await;
    assert_eq!((&upload["rows_accepted"], &upload["rows_rejected"]), (&json!(5), &json!(1)), "{upload}");
    let path = format!("/api/v1/uploads/{}/issues.csv", upload["id"].as_str().expect("an id"));
    let response = owner.get(&app, &path).header("accept-encoding", "br, gzip").send().await.expect("an answer");
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().expect("ASCII").to_owned());
    assert!(header("content-disposition").is_some_and(|value| value.starts_with("attachment; filename=")));
    assert_eq!((header("content-type").as_deref(), header("content-encoding")), (Some("text/csv; charset=utf-8"), None));
    let csv = response.text().await.expect("a body");
    assert!(csv.lines().count() == 2 && csv.contains("not a day"), "{csv}");
}

#[tokio::test]
async fn an_upload_can_be_watched_to_its_end() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let (_, upload) = call(owner.request(&app, Method::POST, "/api/v1/uploads").multipart(sales_file(SALES))).await;
    let path = format!("/api/v1/uploads/{}/events", upload["id"].as_str().expect("an id"));
    let response = owner.get(&app, &path).send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let events = response.text().await.expect("the stream ends by itself");
    let last = events.lines().filter_map(|line| line.strip_prefix("data: ")).next_back().expect("an event");
    assert_eq!(serde_json::from_str::<Value>(last).expect("JSON")["status"], "completed", "{events}");
}

#[tokio::test]
async fn bodies_without_a_proper_file_are_refused_and_leave_nothing() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let post = || owner.request(&app, Method::POST, "/api/v1/uploads");
    let file = || Part::text(SALES).file_name("sales.csv");
    let refused = [
        (415, post().json(&json!({"file": "sales.csv"}))),
        (422, post().multipart(Form::new().text("source", "till"))),
        (422, post().multipart(Form::new().part("picture", file()))),
        (422, post().multipart(Form::new().part("file", file()).part("file", file()))),
        (422, post().multipart(Form::new().text("source", "x".repeat(5_000)).part("file", file()))),
        (400, post().header("content-type", "multipart/form-data; boundary=x").body("--x\r\nnot a part")),
        (400, post().header("content-type", "multipart/form-data; boundary=x").body(format!("{}{SALES}", part_head("x")))),
    ];
    for (expected, request) in refused {
        let (status, body) = call(request).await;
        assert_eq!(status, expected, "{body}");
    }
    nothing_is_left(&app, &owner).await;
}

#[tokio::test]
async fn a_file_over_the_cap_is_refused() {
    let app = TestApp::with(&[("TRADEPOST_UPLOAD_MAX_BYTES", "2KiB")], Limits::default(), Arc::new(SystemClock)).await;
    let owner = Member::owner(&app).await;
    let (status, body) = call(owner.request(&app, Method::POST, "/api/v1/uploads").multipart(sales_file(&SALES.repeat(20)))).await;
    assert_eq!(status, 413, "{body}");
    assert!(body.to_string().contains("larger than 2"), "the refusal names the cap: {body}");
    let announced = owner.request(&app, Method::POST, "/api/v1/uploads").multipart(sales_file(&SALES.repeat(5_000)));
    assert_eq!(announced.send().await.map(|response| response.status().as_u16()).unwrap_or(413), 413);
    nothing_is_left(&app, &owner).await;
}

#[tokio::test]
async fn an_upload_cut_in_the_middle_leaves_nothing() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let mut stream = TcpStream::connect(app.running.address).await.expect("a connection");
    let head = format!(
        "POST /api/v1/uploads HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n{}",
        owner.access,
        part_head("x")
    );
    stream.write_all(head.as_bytes()).await.expect("the server reads");
    stream.write_all(SALES.as_bytes()).await.expect("the server reads");
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(stream);
    tokio::time::sleep(Duration::from_millis(300)).await;
    nothing_is_left(&app, &owner).await;
}

fn part_head(boundary: &str) -> String {
    format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sales.csv\"\r\nContent-Type: text/csv\r\n\r\n")
}

async fn nothing_is_left(app: &TestApp, owner: &Member) {
    assert_eq!(call(owner.get(app, "/api/v1/uploads")).await, (200, json!([])));
    let files = std::fs::read_dir(app.folder.path().join("uploads")).map(|entries| entries.count()).unwrap_or_default();
    assert_eq!(files, 0);
}
