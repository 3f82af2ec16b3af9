//! Orders as JSON: stored, known again, refused one by one, and taken back.

use crate::support::{Member, TestApp, call};
use domain::Role;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

fn order(id: &str, price: &str) -> Value {
    json!({"id": id, "ordered_at": "2026-01-31T16:40:00Z", "customer": {"email": "c@example.com"}, "country": "GB",
        "lines": [{"sku": "A-1", "title": "Mug", "quantity": 2, "unit_price": price}, {"sku": "B-2", "title": "Tea", "quantity": 1, "amount": 250}]})
}

fn send(app: &TestApp, member: &Member, orders: &Value) -> RequestBuilder {
    member.post(app, "/api/v1/orders", &json!({ "orders": orders }))
}

async fn figures(app: &TestApp, member: &Member) -> Value {
    let question = json!({"measures": ["net_sales", "orders", "units"]});
    let (status, answer) = call(member.post(app, "/api/v1/query", &question)).await;
    assert_eq!(status, 200, "{answer}");
    answer["rows"][0].clone()
}

#[tokio::test]
async fn orders_become_figures_and_are_known_again() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let (status, receipt) = call(send(&app, &owner, &json!([order("0001", "7.50"), order("1", "10.00")]))).await;
    assert_eq!(status, 200, "{receipt}");
    assert_eq!(receipt["orders"], json!({"received": 2, "accepted": 2, "updated": 0, "duplicate": 0, "rejected": 0}), "{receipt}");
    assert_eq!((&receipt["upload"]["status"], &receipt["upload"]["file_name"]), (&json!("completed"), &json!("2 orders by API.json")));
    assert_eq!(figures(&app, &owner).await, json!([1_500 + 2_000 + 500, 2, 6_000 / 1_000]));

    let (_, again) = call(send(&app, &owner, &json!([order("0001", "7.50"), order("1", "11.00"), order("2", "1.00")]))).await;
    assert_eq!(again["orders"], json!({"received": 3, "accepted": 1, "updated": 1, "duplicate": 1, "rejected": 0}), "{again}");
    assert_eq!(figures(&app, &owner).await, json!([1_500 + 2_200 + 200 + 750, 3, 9]));

    let path = format!("/api/v1/uploads/{}/undo", again["upload"]["id"].as_str().expect("an id"));
    assert_eq!(call(owner.request(&app, Method::POST, &path)).await.0, 202);
    for _ in 0..300 {
        if figures(&app, &owner).await == json!([4_000, 2, 6]) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the batch was not taken back: {}", figures(&app, &owner).await);
}

#[tokio::test]
async fn what_is_kept_otherwise_than_it_was_sent_is_told() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let mut sent = order("1", "7.50");
    (sent["customer"]["email"], sent["country"], sent["discount"]) = (json!("C@Example.com"), json!("Germany"), json!("-1.00"));
    let (status, receipt) = call(send(&app, &owner, &json!([order("0", "7.50"), sent]))).await;
    assert_eq!(status, 200, "{receipt}");
    let steps: Vec<_> =
        receipt["upload"]["cleaning"].as_array().expect("steps").iter().map(|step| (step["name"].clone(), step["changed"].clone())).collect();
    assert_eq!(steps, ["emails_lowered", "countries_to_codes", "signs_turned", "repeated_once"].map(|name| (json!(name), json!(1))), "{receipt}");
    let path = format!("/api/v1/uploads/{}/cleaning", receipt["upload"]["id"].as_str().expect("an id"));
    let (_, steps) = call(owner.get(&app, &path)).await;
    assert_eq!(steps[0]["samples"], json!([{"line": 2, "column": "customer/email", "before": "C@Example.com", "after": "c@example.com"}]), "{steps}");
}

#[tokio::test]
async fn wrong_orders_are_named_by_their_place_and_the_others_are_stored() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let mut wrong = order("2", "7,50");
    wrong["lines"][1]["quantity"] = json!(0.5);
    let (status, receipt) = call(send(&app, &owner, &json!([order("1", "7.50"), wrong.clone(), order("1", "8.00")]))).await;
    assert_eq!(status, 200, "{receipt}");
    assert_eq!(receipt["orders"], json!({"received": 3, "accepted": 1, "updated": 0, "duplicate": 0, "rejected": 2}), "{receipt}");
    let places: Vec<&str> = receipt["errors"].as_array().expect("errors").iter().filter_map(|error| error["pointer"].as_str()).collect();
    assert_eq!(places, ["/orders/1/lines/0/unit_price", "/orders/1/lines/1/quantity", "/orders/2/id"], "{receipt}");
    let upload = &receipt["upload"];
    assert_eq!((&upload["rows_total"], &upload["rows_accepted"], &upload["rows_rejected"]), (&json!(4), &json!(2), &json!(2)), "{upload}");
    let issues = owner.get(&app, &format!("/api/v1/uploads/{}/issues.csv", upload["id"].as_str().expect("an id")));
    let issues = issues.send().await.expect("an answer").text().await.expect("a body");
    assert!(issues.contains("2,lines/0/unit_price,") && issues.lines().count() == 3, "{issues}");

    let (status, problem) = call(send(&app, &owner, &json!([wrong]))).await;
    assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("/orders/0/lines/0/unit_price")), "{problem}");
    for (expected, body) in [
        (422, json!({})),
        (422, json!({"orders": []})),
        (422, json!({"orders": vec![order("1", "1.00"); 1_001]})),
        (422, json!({"orders": [order("1", "1.00")], "shop": 1})),
        (422, json!({"orders": [order("1", "1.00")], "mode": "delete"})),
        (422, json!([order("1", "1.00")])),
    ] {
        let (status, answer) = call(owner.post(&app, "/api/v1/orders", &body)).await;
        assert_eq!(status, expected, "{answer}");
    }
    let (_, uploads) = call(owner.get(&app, "/api/v1/uploads")).await;
    assert_eq!(uploads.as_array().map(Vec::len), Some(1), "what was refused as a whole left nothing");
}

#[tokio::test]
async fn a_batch_under_a_key_is_stored_once_also_when_it_comes_twice_at_once() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let with = |key: &str, orders: Value| send(&app, &owner, &orders).header("idempotency-key", key);
    let batch = || json!([order("1", "7.50"), order("2", "1.00")]);
    let (one, two) = tokio::join!(call(with("night-1", batch())), call(with("night-1", batch())));
    let (_, later) = call(with("night-1", batch())).await;
    let ids = [&one.1, &two.1, &later].map(|receipt| receipt["upload"]["id"].clone());
    assert!(ids.iter().all(|id| id == &ids[0] && id.is_string()), "{one:?} {two:?} {later}");
    assert_eq!(later["orders"], json!({"received": 2, "accepted": 2, "updated": 0, "duplicate": 0, "rejected": 0}), "the same answer: {later}");
    let (status, problem) = call(with("night-1", json!([order("3", "7.50")]))).await;
    assert_eq!(status, 409, "{problem}");
    assert_eq!(call(with("", batch())).await.0, 422);
    assert_eq!(figures(&app, &owner).await[1], 2);
}

#[tokio::test]
async fn only_those_who_may_add_data_send_orders_and_shops_do_not_meet() {
    let app = TestApp::start().await;
    let (owner, stranger) = (Member::owner(&app).await, Member::owner(&app).await);
    let viewer = owner.invited(&app, Role::Viewer).await;
    assert_eq!(call(send(&app, &viewer, &json!([order("1", "7.50")]))).await.0, 403);
    for (role, expected) in [("viewer", 403), ("analyst", 200)] {
        let (_, key) = call(owner.post(&app, "/api/v1/api-keys", &json!({"name": role, "role": role}))).await;
        let request = app.post("/api/v1/orders", &json!({"source": "Till 7", "channel": "offline", "orders": [order("1", "7.50")]}));
        let (status, receipt) = call(request.bearer_auth(key["secret"].as_str().expect("a secret"))).await;
        assert_eq!(status, expected, "{receipt}");
    }
    assert_eq!(call(send(&app, &stranger, &json!([order("1", "99.00")]))).await.0, 200);
    assert_eq!(figures(&app, &owner).await, json!([1_750, 1, 3]));
    let (_, uploads) = call(owner.get(&app, "/api/v1/uploads")).await;
    assert_eq!((uploads.as_array().map(Vec::len), &uploads[0]["uploaded_by"]), (Some(1), &json!("analyst")), "{uploads}");
    let mapping = format!("/api/v1/uploads/{}/mapping", uploads[0]["id"].as_str().expect("an id"));
    assert_eq!(call(owner.get(&app, &mapping)).await.0, 409, "orders have no columns");
}
