//! Several servers over one PostgreSQL.

use crate::support::{Member, SALES, TestApp, call, has_postgres, sales_file};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn two_servers_share_the_jobs_and_no_row_is_doubled() {
    if !has_postgres() {
        return;
    }
    let (one, other) = TestApp::pair().await;
    let owner = Member::owner(&one).await;
    // Twelve files with orders of their own, handed in at both doors by turns.
    for number in 0..12 {
        let text = SALES.replace("\n100", &format!("\n{}00", 20 + number));
        let door = if number % 2 == 0 { &one } else { &other };
        let (status, body) = call(owner.request(door, Method::POST, "/api/v1/uploads").multipart(sales_file(&text))).await;
        assert_eq!(status, 202, "{body}");
    }
    for _ in 0..300 {
        let (_, uploads) = call(owner.get(&other, "/api/v1/uploads")).await;
        if uploads.as_array().is_some_and(|rows| rows.len() == 12 && rows.iter().all(|row| row["status"] == "completed")) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    for door in [&one, &other] {
        let (_, answer) = call(owner.post(door, "/api/v1/query", &json!({"measures": ["net_sales", "orders"]}))).await;
        assert_eq!(answer["rows"], json!([[4750 * 12, 36]]), "{answer}");
    }
}
