//! Every operation of the API's document, called as everyone who must not and everyone who may. A new route is in here by itself.

use crate::support::{Member, TestApp, call, things_of};
use domain::Role;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use server::listener::Limits;
use services::clock::{Clock, ManualClock};
use std::sync::Arc;

/// An id of nothing.
const NOTHING: &str = "01890000-0000-7000-8000-000000000000";

/// What anyone may call. Whoever makes another operation public has to say so here too.
const PUBLIC: [&str; 6] = [
    "POST /api/v1/auth/forgot-password",
    "POST /api/v1/auth/refresh",
    "POST /api/v1/auth/reset-password",
    "POST /api/v1/auth/sign-in",
    "POST /api/v1/auth/sign-up",
    "POST /api/v1/invitations/accept",
];

/// What the path of a call names.
#[derive(Clone, Copy)]
struct Named<'a> {
    id: &'a str,
    link: &'a str,
}

const NOBODYS: Named<'static> = Named { id: NOTHING, link: NOTHING };

struct Operation {
    method: Method,
    path: String,
    access: String,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn allows(&self, role: Role) -> bool {
        self.access == "public" || self.access.parse::<Role>().is_ok_and(|lowest| role >= lowest)
    }

    /// A body that says enough for the thing of the path to be looked for.
    fn body(&self) -> Value {
        match self.path.as_str() {
            "/api/v1/annotations/{id}" => json!({"from": "2011-11-25", "text": "Ours now", "is_shared": true}),
            "/api/v1/members/{id}" => json!({"role": "viewer"}),
            "/api/v1/members/{id}/store" => json!({"store": "Leeds"}),
            "/api/v1/embeds/{id}/secret" => json!({"fields": {"secret": "x"}}),
            path if path.starts_with("/api/v1/embeds/") => json!({}),
            "/api/v1/dashboards/{id}/links" => json!({"name": "Screen in the shop", "days": 30}),
            path if path.starts_with("/api/v1/dashboards/") => json!({"title": "Mine", "cards": []}),
            _ => json!({"columns": {"order_number": "Order number"}}),
        }
    }

    /// The same for each of the ways that a body may lead.
    fn bodies(&self) -> Vec<Value> {
        match (self.path.as_str(), &self.method) {
            ("/api/v1/dashboards/{id}", &Method::PATCH) => {
                vec![json!({"is_favourite": true}), json!({"is_archived": false}), json!({"roles": ["viewer"]})]
            }
            _ => vec![self.body()],
        }
    }

    fn has_body(&self) -> bool {
        self.method != Method::GET && self.method != Method::DELETE
    }

    /// The answers to calls about a thing, one for each body.
    async fn answers(&self, app: &TestApp, named: Named<'_>, access: &str) -> Vec<(u16, Value)> {
        let mut answers = Vec::new();
        for body in self.bodies() {
            let request = self.call(app, named).bearer_auth(access);
            answers.push(call(if self.has_body() { request.json(&body) } else { request }).await);
        }
        answers
    }

    /// Calls about a thing by somebody who must not know of it.
    async fn is_absent(&self, app: &TestApp, named: Named<'_>, access: &str) {
        for (status, body) in self.answers(app, named, access).await {
            assert_eq!(status, 404, "{} of what is not theirs: {body}", self.name());
        }
    }

    /// A call with ids in the path and an empty object as body.
    fn call(&self, app: &TestApp, named: Named<'_>) -> RequestBuilder {
        let path = self.path.replace("{id}", named.id).replace("{card}", "0").replace("{version}", "1").replace("{link}", named.link);
        let request = app.request(self.method.clone(), &path);
        if self.has_body() { request.json(&json!({})) } else { request }
    }
}

/// All operations; those that end sessions come last.
async fn operations(app: &TestApp) -> Vec<Operation> {
    let document = app.document().await;
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let access = operation["x-access"].as_str().unwrap_or_else(|| panic!("{method} {path} declares no access")).to_owned();
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            operations.push(Operation { method, path: path.clone(), access });
        }
    }
    assert!(operations.len() >= 30, "{}", operations.len());
    operations.sort_by_key(|operation| (operation.path.contains("sign-out"), operation.name()));
    operations
}

#[tokio::test]
async fn only_the_listed_operations_are_public() {
    let app = TestApp::start().await;
    let public: Vec<String> = operations(&app).await.iter().filter(|operation| operation.access == "public").map(Operation::name).collect();
    assert_eq!(public, PUBLIC);
}

#[tokio::test]
async fn nobody_gets_in_without_a_credential_or_with_a_made_up_one() {
    let app = TestApp::start().await;
    for operation in operations(&app).await {
        for credential in [None, Some("made-up"), Some("tp_made_up"), Some("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")] {
            let request = operation.call(&app, NOBODYS);
            let request = if let Some(credential) = credential { request.bearer_auth(credential) } else { request };
            let (status, body) = call(request).await;
            if operation.access == "public" {
                assert!((400..=422).contains(&status) && status != 403, "{} as nobody: {status} {body}", operation.name());
            } else {
                assert_eq!(status, 401, "{} with {credential:?}: {body}", operation.name());
            }
        }
    }
}

#[tokio::test]
async fn each_role_may_call_what_the_document_says_and_nothing_else() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    for role in Role::ALL {
        let mut member = if role == Role::Owner { owner.clone() } else { owner.invited(&app, role).await };
        for operation in operations(&app).await.iter().filter(|operation| operation.access != "public") {
            let (status, body) = call(operation.call(&app, NOBODYS).bearer_auth(&member.access)).await;
            if operation.allows(role) {
                assert!(status < 500 && ![401, 403, 405].contains(&status), "{} as {role}: {status} {body}", operation.name());
            } else {
                assert_eq!(status, 403, "{} as {role}: {body}", operation.name());
            }
            if operation.path.contains("sign-out") {
                member = Member::signed_in(&app, &member.email).await;
            }
        }
    }
}

#[tokio::test]
async fn another_shops_things_do_not_exist() {
    let app = TestApp::start().await;
    let (owner, stranger) = (Member::owner(&app).await, Member::owner(&app).await);
    let things = things_of(&app, &owner).await;
    for operation in operations(&app).await.iter().filter(|operation| operation.path.contains("{id}")) {
        let kind = operation.path.split('/').nth(3).expect("a kind of thing");
        let id = things.get(kind).unwrap_or_else(|| panic!("this test makes no {kind}; it should"));
        operation.is_absent(&app, Named { id, link: &things["links"] }, &stranger.access).await;
    }
    for list in ["uploads", "jobs", "invitations", "api-keys", "embeds", "annotations"] {
        let (status, body) = call(stranger.get(&app, &format!("/api/v1/{list}"))).await;
        let is_empty = body.as_array().is_some_and(|rows| rows.iter().all(|row| row["id"] != json!(things[list])));
        assert!(status == 200 && is_empty, "{list}: {body}");
    }
}

#[tokio::test]
async fn what_others_tried_on_a_board_took_nothing_from_its_shop() {
    let app = TestApp::start().await;
    let (owner, stranger) = (Member::owner(&app).await, Member::owner(&app).await);
    let viewer = owner.invited(&app, Role::Viewer).await;
    let (things, own) = (things_of(&app, &owner).await, things_of(&app, &stranger).await);
    let named = Named { id: &things["dashboards"], link: &things["links"] };
    let mut operations = operations(&app).await;
    operations.retain(|operation| operation.path.starts_with("/api/v1/dashboards/{id}"));
    // What reads comes first and what removes comes last, a link before its board.
    operations.sort_by_key(|operation| (operation.method == Method::DELETE, operation.has_body(), std::cmp::Reverse(operation.path.len())));
    for operation in &operations {
        operation.is_absent(&app, named, &stranger.access).await;
        if operation.path.contains("{link}") {
            operation.is_absent(&app, Named { id: &own["dashboards"], ..named }, &stranger.access).await;
        }
    }
    for marks in [json!({"is_archived": true}), json!({"roles": ["viewer"]})] {
        let request = viewer.request(&app, Method::PATCH, &format!("/api/v1/dashboards/{}", named.id)).json(&marks);
        assert_eq!(call(request).await.0, 403, "{marks}");
    }
    for operation in &operations {
        for (status, body) in operation.answers(&app, named, &owner.access).await {
            assert!(status < 300 || status == 409, "{} of one's own: {status} {body}", operation.name());
        }
    }
}

#[tokio::test]
async fn a_board_for_other_roles_does_not_exist() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let analyst = owner.invited(&app, Role::Analyst).await;
    let things = things_of(&app, &owner).await;
    let (board, link) = (things["dashboards"].as_str(), things["links"].as_str());
    let share = owner.request(&app, Method::PATCH, &format!("/api/v1/dashboards/{board}")).json(&json!({"roles": ["viewer"]}));
    assert_eq!(call(share).await.0, 204);
    let operations = operations(&app).await;
    let of_a_board: Vec<_> = operations.iter().filter(|operation| operation.path.starts_with("/api/v1/dashboards/{id}")).collect();
    assert!(of_a_board.len() >= 12, "{}", of_a_board.len());
    for operation in of_a_board {
        operation.is_absent(&app, Named { id: board, link }, &analyst.access).await;
    }
    let (_, listed) = call(analyst.get(&app, "/api/v1/dashboards")).await;
    assert!(listed.as_array().is_some_and(|boards| boards.iter().all(|listed| listed["key"] != json!(board))), "{listed}");
    let (_, seen) = call(owner.get(&app, &format!("/api/v1/dashboards/{board}"))).await;
    assert_eq!(seen["roles"], json!(["viewer", "admin", "owner"]));
    let odd = owner.request(&app, Method::PATCH, &format!("/api/v1/dashboards/{board}")).json(&json!({"roles": ["cashier"]}));
    assert_eq!(call(odd).await.0, 422);
}

#[tokio::test]
async fn an_expired_token_opens_nothing() {
    let clock = Arc::new(ManualClock::at(1_760_000_000_000));
    let app = TestApp::with(&[], Limits::default(), Arc::clone(&clock) as Arc<dyn Clock>).await;
    let owner = Member::owner(&app).await;
    assert_eq!(call(owner.get(&app, "/api/v1/me")).await.0, 200);
    clock.advance_ms(20 * 60 * 1000);
    refused_everywhere(&app, &owner.access).await;
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_its_session() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let old = json!({"refresh_token": owner.refresh});
    let (status, tokens) = call(app.post("/api/v1/auth/refresh", &old)).await;
    assert_eq!(status, 200, "{tokens}");
    let (status, body) = call(app.post("/api/v1/auth/refresh", &old)).await;
    assert_eq!(status, 401, "{body}");
    refused_everywhere(&app, tokens["access_token"].as_str().expect("a token")).await;
    refused_everywhere(&app, &owner.access).await;
    let newest = json!({"refresh_token": tokens["refresh_token"]});
    assert_eq!(call(app.post("/api/v1/auth/refresh", &newest)).await.0, 401);
}

async fn refused_everywhere(app: &TestApp, token: &str) {
    for operation in operations(app).await.iter().filter(|operation| operation.access != "public") {
        let (status, body) = call(operation.call(app, NOBODYS).bearer_auth(token)).await;
        assert_eq!(status, 401, "{}: {body}", operation.name());
    }
}

#[tokio::test]
async fn an_api_key_may_do_what_its_role_may() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let (status, key) = call(owner.post(&app, "/api/v1/api-keys", &json!({"name": "reader", "role": "viewer"}))).await;
    assert_eq!(status, 201, "{key}");
    let secret = key["secret"].as_str().expect("a secret");
    assert_eq!(call(app.get("/api/v1/uploads").bearer_auth(secret)).await.0, 200);
    assert_eq!(call(app.get("/api/v1/audit").bearer_auth(secret)).await.0, 403);
    let path = format!("/api/v1/api-keys/{}", key["key"]["id"].as_str().expect("an id"));
    assert_eq!(call(owner.request(&app, Method::DELETE, &path)).await.0, 204);
    assert_eq!(call(app.get("/api/v1/uploads").bearer_auth(secret)).await.0, 401);
}
