//! Errors of the API as RFC 9457 problem details.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{AppError, ErrorKind, FieldError};
use serde::Serialize;
use services::ServiceError;
use utoipa::ToSchema;

/// The media type of problem details.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// What went wrong (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// An address that explains this kind of problem.
    #[serde(rename = "type")]
    #[schema(rename = "type", example = "/api/docs#problem-validation")]
    pub kind: String,
    /// The kind in words; the same for every problem of the kind.
    #[schema(example = "The input is wrong")]
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time and what to do next.
    pub detail: String,
    /// Which fields are wrong and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldError>,
    /// Seconds until it is worth trying again; also the header `Retry-After`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Under this id the log knows more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// The answer of every operation.
pub type Answer<T> = Result<T, Problem>;

/// The kinds of problems: word, status, title. The documentation page lists them.
pub const KINDS: &[(&str, u16, &str)] = &[
    ("bad-request", 400, "The request could not be read"),
    ("unauthorized", 401, "You are not signed in"),
    ("forbidden", 403, "This is not allowed"),
    ("not-found", 404, "There is no such thing"),
    ("method-not-allowed", 405, "This address does not take this method"),
    ("timeout", 408, "The request did not arrive in time"),
    ("conflict", 409, "It collides with what is there"),
    ("too-large", 413, "The body is too large"),
    ("unsupported-media-type", 415, "The body is of the wrong type"),
    ("validation", 422, "The input is wrong"),
    ("rate-limited", 429, "Too many tries"),
    ("internal", 500, "Something went wrong on our side"),
    ("unavailable", 503, "Something we need does not answer"),
];

impl Problem {
    /// A problem of a status; one that is not listed counts as the hundred it belongs to.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let listed = |status: u16| KINDS.iter().find(|(_, code, _)| *code == status);
        let fallback = if status.is_server_error() { 500 } else { 400 };
        let (word, _, title) = listed(status.as_u16()).or_else(|| listed(fallback)).expect("400 and 500 are listed");
        Self {
            kind: format!("/api/docs#problem-{word}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
            request_id: None,
        }
    }

    /// The status as a type.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let AppError { kind, message, fields, retry_after } = error;
        let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = retry_after.or_else(|| matches!(kind, ErrorKind::RateLimited | ErrorKind::Unavailable).then_some(5));
        Self { fields, retry_after, ..Self::new(status, message) }
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        error.into_app().into()
    }
}

/// The body is written by [`crate::http::problems`], which knows the request's id and whether a person or a program asks.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
