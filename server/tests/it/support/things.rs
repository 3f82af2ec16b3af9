//! Things of a shop that other shops must not reach.

use super::member::Member;
use super::test_app::{TestApp, call};
use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One of each of the owner's things, by the word in the path.
pub(crate) async fn things_of(app: &TestApp, owner: &Member) -> BTreeMap<&'static str, String> {
    let id = |value: &Value| value.as_str().unwrap_or_else(|| panic!("no id: {value}")).to_owned();
    let viewer = owner.invited(app, Role::Viewer).await;
    let (_, me) = call(viewer.get(app, "/api/v1/me")).await;
    let (_, invitation) = call(owner.post(app, "/api/v1/invitations", &json!({"email": "invited@example.com", "role": "viewer"}))).await;
    let (_, key) = call(owner.post(app, "/api/v1/api-keys", &json!({"name": "a key", "role": "viewer"}))).await;
    let (_, sessions) = call(owner.get(app, "/api/v1/sessions")).await;
    let (_, upload) = call(owner.request(app, Method::POST, "/api/v1/uploads").multipart(super::sales_file(super::SALES))).await;
    let (_, jobs) = call(owner.get(app, "/api/v1/jobs")).await;
    let board = json!({"paste": "https://metabase.example.com/dashboard/42", "title": "A board", "secret": {"secret": "given by the tool"}});
    let (_, board) = call(owner.post(app, "/api/v1/embeds", &board)).await;
    let own = json!({"title": "Monday morning", "cards": [{"question": {"measures": ["orders"]}}]});
    let (_, own) = call(owner.post(app, "/api/v1/dashboards", &own)).await;
    let path = format!("/api/v1/dashboards/{}/links", id(&own["id"]));
    let (_, link) = call(owner.post(app, &path, &json!({"name": "Screen in the shop", "days": 30}))).await;
    let note = json!({"from": "2011-11-25", "text": "Black Friday", "is_shared": true});
    let (_, note) = call(owner.post(app, "/api/v1/annotations", &note)).await;
    BTreeMap::from([
        ("annotations", id(&note["id"])),
        ("links", id(&link["link"]["id"])),
        ("members", id(&me["user_id"])),
        ("invitations", id(&invitation["invitation"]["id"])),
        ("api-keys", id(&key["key"]["id"])),
        ("sessions", id(&sessions[0]["id"])),
        ("uploads", id(&upload["id"])),
        ("embeds", id(&board["id"])),
        ("dashboards", id(&own["id"])),
        ("jobs", id(&jobs[0]["id"])),
        ("shop", me["merchant"]["id"].to_string()),
    ])
}
