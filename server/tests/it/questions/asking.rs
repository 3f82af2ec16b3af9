//! Answers, batches, explanations, and what can be asked.

use crate::support::{Member, SALES, TestApp, call};
use domain::Role;
use serde_json::{Value, json};

async fn shop() -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    owner.upload(&app, SALES).await;
    (app, owner)
}

#[tokio::test]
async fn a_question_is_answered_alike_at_both_addresses() {
    let (app, owner) = shop().await;
    let question =
        json!({"measures": ["net_sales", "orders"], "dimensions": ["country"], "derived": [{"measure": "net_sales", "as": "share_of_total"}]});
    let (status, answer) = call(owner.post(&app, "/api/v1/questions", &question)).await;
    assert_eq!(status, 200, "{answer}");
    let shares: f64 = answer["rows"].as_array().expect("rows").iter().filter_map(|row| row[3].as_f64()).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{answer}");
    assert_eq!(answer["columns"][3], json!({"name": "net_sales_share_of_total", "kind": "ratio"}));
    let (_, same) = call(owner.post(&app, "/api/v1/query", &question)).await;
    assert_eq!(same["rows"], answer["rows"]);
}

#[tokio::test]
async fn wrong_parts_of_a_question_are_named() {
    let (app, owner) = shop().await;
    for (question, field, word) in [
        (json!({"measures": ["net_sale"]}), "measures[0]", "net_sales"),
        (json!({"measures": ["orders"], "dimensions": ["contry"]}), "dimensions[0]", "country"),
        (json!({"measures": ["tax"], "dimensions": ["product"]}), "dimensions[0]", "whole orders"),
        (json!({"measures": ["orders"], "having": [{"measure": "orders", "op": "at_least", "value": "many"}]}), "having[0].value", "number"),
        (json!({"measures": ["orders"], "compare": "next_year"}), "compare", "previous_period"),
        (json!({"measures": ["orders"], "time": {"from": "2011-02-30"}}), "time.from", "2011-02-30"),
    ] {
        let (status, problem) = call(owner.post(&app, "/api/v1/questions", &question)).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)), "{problem}");
        assert!(problem["fields"][0]["message"].as_str().is_some_and(|message| message.contains(word)), "{problem}");
    }
}

#[tokio::test]
async fn many_questions_are_answered_at_once_each_on_its_own() {
    let (app, owner) = shop().await;
    let questions = json!({"questions": [
        {"measures": ["net_sales"]}, {"measures": ["tax"], "dimensions": ["sku"]}, {"measures": ["orders"], "dimensions": ["country"]},
    ]});
    let response = owner.post(&app, "/api/v1/questions/batch", &questions).send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "application/x-ndjson");
    let text = response.text().await.expect("a body");
    let mut items: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON in every line")).collect();
    items.sort_by_key(|item| item["index"].as_u64());
    assert_eq!(items.len(), 3);
    let (_, alone) = call(owner.post(&app, "/api/v1/questions", &questions["questions"][0])).await;
    assert_eq!((&items[0]["answer"]["rows"], &items[0]["status"]), (&alone["rows"], &json!(200)));
    assert_eq!((&items[1]["status"], &items[1]["fields"][0]["field"]), (&json!(422), &json!("dimensions[0]")));
    assert!(items[1]["answer"].is_null() && items[2]["answer"].is_object());
    let many = json!({"questions": vec![json!({"measures": ["orders"]}); 51]});
    for wrong in [json!({"questions": []}), many] {
        assert_eq!(call(owner.post(&app, "/api/v1/questions/batch", &wrong)).await.0, 422);
    }
}

#[tokio::test]
async fn an_explanation_tells_statements_and_no_values() {
    let (app, owner) = shop().await;
    let question = json!({"measures": ["net_sales"], "dimensions": ["product"], "compare": "previous_period",
        "filters": [{"dimension": "country", "op": "top", "n": 2, "by": "net_sales"}, {"dimension": "city", "op": "not_in", "values": ["Secret Place"]}]});
    let (status, told) = call(owner.post(&app, "/api/v1/questions/explain", &question)).await;
    assert_eq!(status, 200, "{told}");
    let purposes: Vec<&str> = told["steps"].as_array().expect("steps").iter().filter_map(|step| step["purpose"].as_str()).collect();
    assert_eq!(purposes[..2], ["a ranking", "the question"]);
    for step in told["steps"].as_array().expect("steps") {
        assert!(step["sql"].as_str().is_some_and(|sql| sql.starts_with("SELECT") && !sql.contains("Secret")), "{step}");
        assert!(step["plan"].as_array().is_some_and(|lines| !lines.is_empty()), "{step}");
        assert!(step["rows_scanned"].as_u64().is_some_and(|rows| rows > 0), "{step}");
    }
    assert_eq!(told["question"]["measures"], json!(["net_sales"]));
    let (status, _) = call(owner.post(&app, "/api/v1/questions/explain", &json!({"measures": []}))).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn what_can_be_asked_is_listed_with_all_that_is_known_of_it() {
    let (app, owner) = shop().await;
    let (_, measures) = call(owner.get(&app, "/api/v1/measures")).await;
    let find = |name: &str| measures.as_array().expect("a list").iter().find(|entry| entry["name"] == name).cloned().expect(name);
    let tax = find("tax");
    assert_eq!((&tax["unit"], &tax["order_level"], &tax["lowest_role"]), (&json!("money"), &json!(true), &json!("viewer")));
    assert!(!tax["dimensions"].as_array().expect("a list").contains(&json!("product")));
    assert_eq!((&find("cost")["lowest_role"], &find("repeat_rate")["unit"]), (&json!("analyst"), &json!("ratio")));
    let (_, dimensions) = call(owner.get(&app, "/api/v1/dimensions")).await;
    let names: Vec<&Value> = dimensions.as_array().expect("a list").iter().map(|entry| &entry["name"]).collect();
    assert!(names.contains(&&json!("cohort")) && names.len() == 19, "{names:?}");
}

#[tokio::test]
async fn a_viewer_sees_sales_and_no_purchase_prices() {
    let (app, owner) = shop().await;
    let viewer = owner.invited(&app, Role::Viewer).await;
    let (status, _) = call(viewer.post(&app, "/api/v1/questions", &json!({"measures": ["net_sales"]}))).await;
    assert_eq!(status, 200);
    let (status, problem) = call(viewer.post(&app, "/api/v1/questions", &json!({"measures": ["gross_margin"]}))).await;
    assert_eq!(status, 403, "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("Gross margin")), "{problem}");
}
