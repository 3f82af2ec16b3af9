//! Calling server functions as the pages do: with cookies, in the function's own encoding.

use super::table::{Input, Row};
use crate::support::{Member, TestApp, call, things_of};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use server::pages::SERVER_FUNCTIONS;
use std::collections::BTreeMap;

pub(super) type Things = BTreeMap<&'static str, String>;

/// One of each of the shop's things. The session is another one of the caller's own: a session belongs to a person.
pub(super) async fn things_for(app: &TestApp, owner: &Member, caller: &Member) -> Things {
    let mut things = things_of(app, owner).await;
    let other_device = Member::signed_in(app, &caller.email).await;
    let (_, sessions) = call(other_device.get(app, "/api/v1/sessions")).await;
    let session = sessions.as_array().into_iter().flatten().find(|session| session["is_current"] == true);
    let id = session.and_then(|session| session["id"].as_str()).expect("the session that asks is in the list");
    things.insert("sessions", id.to_owned());
    things
}

impl Row {
    pub(super) fn method(&self) -> Method {
        if matches!(self.input, Input::Query(_)) { Method::GET } else { Method::POST }
    }

    /// A call with these things' ids, by nobody.
    pub(super) fn call(&self, app: &TestApp, things: &Things) -> RequestBuilder {
        let input = things.iter().fold(self.input.text().to_owned(), |text, (name, id)| text.replace(&format!("<{name}>"), id));
        assert!(!input.contains('<'), "{}: this test makes no such thing: {input}", self.path);
        let path = format!("{SERVER_FUNCTIONS}{}", self.path);
        let request = match self.input {
            Input::Query(_) => app.get(&format!("{path}?{input}")),
            Input::Form(_) => app.request(Method::POST, &path).header("content-type", "application/x-www-form-urlencoded").body(input),
            Input::Json(_) => app.request(Method::POST, &path).header("content-type", "application/json").body(input),
        };
        request.header("accept", "application/json").header("sec-fetch-site", "same-origin")
    }

    /// The answer to a member's browser.
    pub(super) async fn answer(&self, app: &TestApp, things: &Things, access: &str) -> (u16, Value) {
        call(self.call(app, things).header("cookie", format!("tradepost_access={access}"))).await
    }
}
