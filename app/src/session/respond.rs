//! From a use case's result to the response of a server function.

use crate::session::cookies::{cleared_cookies, session_cookies};
use crate::session::current::services;
use axum::http::{HeaderValue, StatusCode, header};
use domain::AppError;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use services::ServiceError;
use services::accounts::SignedIn;

/// Hands a use case's result to the page, with the right status; internals stay in the log.
pub fn answer<T>(result: Result<T, ServiceError>) -> Result<T, AppError> {
    result.map_err(ServiceError::into_app).inspect_err(set_status)
}

/// Sets the status of an error on the response.
pub fn set_status(error: &AppError) {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(error.status())) {
        response.set_status(status);
    }
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
