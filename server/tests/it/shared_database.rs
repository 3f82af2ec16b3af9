//! Several servers over one PostgreSQL.

use crate::support::{Member, SALES, TestApp, call, has_postgres, sales_file, skipped};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn what_one_server_takes_in_another_reads_and_no_row_is_doubled() {
    if !has_postgres() {
        skipped("it needs PostgreSQL");
        return;
    }
    let (one, other) = TestApp::pair().await;
    let owner = Member::owner(&one).await;
    // Twelve files with orders of their own, all handed in where nobody works.
    for number in 0..12 {
        let text = SALES.replace("\n100", &format!("\n{}00", 20 + number));
        let (status, body) = call(owner.request(&one, Method::POST, "/api/v1/uploads").multipart(sales_file(&text))).await;
        assert_eq!(status, 202, "{body}");
    }
    all_are_read(&owner, &one, 12).await;
    for door in [&one, &other] {
        let (_, answer) = call(owner.post(door, "/api/v1/query", &json!({"measures": ["net_sales", "orders"]}))).await;
        assert_eq!(answer["rows"], json!([[4750 * 12, 36]]), "{answer}");
    }
}

/// Waits until so many uploads are read; fails when they never are.
async fn all_are_read(owner: &Member, app: &TestApp, count: usize) {
    let mut last = json!(null);
    for _ in 0..600 {
        (_, last) = call(owner.get(app, "/api/v1/uploads")).await;
        if last.as_array().is_some_and(|rows| rows.len() == count && rows.iter().all(|row| row["status"] == "completed")) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the other server did not read them all: {last}");
}
