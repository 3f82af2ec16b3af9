//! Analyses over the API: what there is, what they answer, and to whom.

use crate::support::{Member, SALES, TestApp, call};
use domain::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn every_analysis_that_is_listed_is_answered() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    owner.upload(&app, SALES).await;
    let (status, listed) = call(owner.get(&app, "/api/v1/analyses")).await;
    assert_eq!((status, listed.as_array().map(Vec::len)), (200, Some(6)), "{listed}");
    for facts in listed.as_array().expect("a list") {
        let (status, answer) = call(owner.post(&app, "/api/v1/analyses", &json!({"analysis": facts["defaults"]}))).await;
        assert_eq!((status, &answer["result"]["kind"]), (200, &facts["name"]), "{answer}");
        assert!(answer["currency"].is_string() && answer["days"]["from"].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn a_viewer_sees_segments_and_no_names() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    owner.upload(&app, SALES).await;
    let viewer = owner.invited(&app, Role::Viewer).await;
    let named = json!({"analysis": {"kind": "rfm", "customers": 5}});
    let (status, problem) = call(viewer.post(&app, "/api/v1/analyses", &named)).await;
    assert_eq!(status, 403, "{problem}");
    let (status, answer) = call(viewer.post(&app, "/api/v1/analyses", &json!({"analysis": {"kind": "rfm"}}))).await;
    assert!(status == 200 && answer["result"]["listed"].is_null(), "{answer}");
    // A card that names customers is refused like the analysis itself, on a board and alone.
    let card = json!({"analysis": {"kind": "rfm", "customers": 5}, "picture": "table"});
    let (status, shown) = call(viewer.post(&app, "/api/v1/dashboards/preview", &card)).await;
    assert!(status == 200 && shown["content"]["kind"] == "failed", "{shown}");
}

#[tokio::test]
async fn wrong_parts_of_an_analysis_are_named() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    for (request, field) in [
        (json!({"analysis": {"kind": "abc", "a_percent": 90, "b_percent": 80}}), "analysis.b_percent"),
        (json!({"analysis": {"kind": "bought_together", "pairs": 5_000}}), "analysis.pairs"),
        (json!({"analysis": {"kind": "rfm"}, "filters": [{"dimension": "country", "op": "in"}]}), "filters[0].values"),
    ] {
        let (status, problem) = call(owner.post(&app, "/api/v1/analyses", &request)).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)), "{problem}");
    }
    for request in [json!({"analysis": {"kind": "tarot"}}), json!({"analysis": {"kind": "rfm", "when": "2011-01-01"}}), Value::Null] {
        let (status, problem) = call(owner.post(&app, "/api/v1/analyses", &request)).await;
        assert_eq!(status, 422, "{problem}");
    }
}
