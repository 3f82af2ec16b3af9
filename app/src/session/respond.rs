//! From a use case's result to the response of a server function.

use crate::session::cookies::{cleared_cookies, session_cookies};
use crate::session::current::services;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use domain::AppError;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use services::ServiceError;
use services::accounts::SignedIn;

/// Hands a use case's result to the page, with the right status; internals stay in the log.
pub fn answer<T>(result: Result<T, ServiceError>) -> Result<T, AppError> {
    result.map_err(ServiceError::into_app).inspect_err(set_status)
}

/// Sets the status of an error on the response. A form that was sent without a script is sent back to its page instead,
/// where the error is shown: that redirect keeps its own status.
pub fn set_status(error: &AppError) {
    if is_form_without_script() {
        return;
    }
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(error.status())) {
        response.set_status(status);
    }
}

fn is_form_without_script() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accepts = parts.headers.get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok());
        parts.method == Method::POST && accepts.is_some_and(|accepts| accepts.contains("text/html"))
    })
}

/// Sets the cookies of a new session on the response.
pub fn signed_in(session: &SignedIn) {
    set_cookies(session_cookies(session, is_secure()));
}

/// Sets the cookies of a new session and goes to a page.
pub fn enter(session: &SignedIn, path: &str) {
    signed_in(session);
    leptos_axum::redirect(path);
}

/// Clears the cookies and goes to the welcome page.
pub fn sign_out_browser() {
    set_cookies(cleared_cookies(is_secure()));
    leptos_axum::redirect("/");
}

fn set_cookies(cookies: [HeaderValue; 2]) {
    let response: ResponseOptions = expect_context();
    for cookie in cookies {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

fn is_secure() -> bool {
    services().config.public_url.starts_with("https://")
}
