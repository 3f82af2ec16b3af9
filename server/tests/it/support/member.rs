//! A person with an account, who asks with a bearer token.

use super::test_app::{TestApp, call};
use domain::Role;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) const PASSWORD: &str = "four words in a row";
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A person and their tokens.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) email: String,
    pub(crate) access: String,
    pub(crate) refresh: String,
}

impl Member {
    /// The owner of a new shop.
    pub(crate) async fn owner(app: &TestApp) -> Self {
        let email = new_address();
        let body = json!({"merchant_name": "Shop of a test", "email": email, "password": PASSWORD, "currency": "GBP", "time_zone": "Europe/London"});
        let (status, tokens) = call(app.post("/api/v1/auth/sign-up", &body)).await;
        assert_eq!(status, 201, "{tokens}");
        Self::of(email, &tokens)
    }

    /// A member of the owner's shop with a role, by way of an invitation.
    pub(crate) async fn invited(&self, app: &TestApp, role: Role) -> Self {
        let email = new_address();
        let (status, created) = call(self.post(app, "/api/v1/invitations", &json!({"email": email, "role": role}))).await;
        assert_eq!(status, 201, "{created}");
        let link = created["link"].as_str().expect("a link");
        let token = link.split("token=").nth(1).expect("the link holds a token");
        let (status, tokens) = call(app.post("/api/v1/invitations/accept", &json!({"token": token, "password": PASSWORD}))).await;
        assert_eq!(status, 200, "{tokens}");
        Self::of(email, &tokens)
    }

    /// The same person on another device.
    pub(crate) async fn signed_in(app: &TestApp, email: &str) -> Self {
        let (status, tokens) = call(app.post("/api/v1/auth/sign-in", &json!({"email": email, "password": PASSWORD}))).await;
        assert_eq!(status, 200, "{tokens}");
        Self::of(email.to_owned(), &tokens)
    }

    fn of(email: String, tokens: &Value) -> Self {
        let text = |name: &str| tokens[name].as_str().expect("a token").to_owned();
        Self { email, access: text("access_token"), refresh: text("refresh_token") }
    }

    /// A request by this person.
    pub(crate) fn request(&self, app: &TestApp, method: Method, path: &str) -> RequestBuilder {
        app.request(method, path).bearer_auth(&self.access)
    }

    pub(crate) fn get(&self, app: &TestApp, path: &str) -> RequestBuilder {
        self.request(app, Method::GET, path)
    }

    pub(crate) fn post(&self, app: &TestApp, path: &str, body: &Value) -> RequestBuilder {
        self.request(app, Method::POST, path).json(body)
    }

    /// Uploads a file and waits until it is settled.
    pub(crate) async fn upload(&self, app: &TestApp, text: &str) -> Value {
        let (status, upload) = call(self.request(app, Method::POST, "/api/v1/uploads").multipart(super::sales_file(text))).await;
        assert_eq!(status, 202, "{upload}");
        let path = format!("/api/v1/uploads/{}", upload["id"].as_str().expect("an id"));
        for _ in 0..300 {
            let (_, upload) = call(self.get(app, &path)).await;
            if !["queued", "processing"].contains(&upload["status"].as_str().unwrap_or_default()) {
                return upload;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("the upload was not settled in time");
    }
}

fn new_address() -> String {
    format!("member-{}-{}@example.com", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst))
}
