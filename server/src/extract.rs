//! Extractors whose refusals are problems.

use crate::problem::Problem;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::FieldError;
use serde::de::DeserializeOwned;

/// A JSON body.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(json_problem(&rejection)),
        }
    }
}

fn json_problem(rejection: &JsonRejection) -> Problem {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the body as JSON, with the header Content-Type: application/json")
        }
        JsonRejection::JsonSyntaxError(error) => Problem::new(StatusCode::BAD_REQUEST, format!("the body is not JSON: {}", cause(error))),
        JsonRejection::JsonDataError(error) => wrong_data(&cause(error)),
        other if other.status() == StatusCode::PAYLOAD_TOO_LARGE => Problem::new(other.status(), "the body is larger than this address takes"),
        other => Problem::new(other.status(), "the body did not arrive whole; send it again"),
    }
}

/// The innermost cause: serde's own sentence, without axum's preamble.
fn cause(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

/// Serde names the field in back-ticks where it is missing or unknown.
fn wrong_data(sentence: &str) -> Problem {
    let named = ["missing field `", "unknown field `"].iter().find_map(|lead| sentence.split_once(lead)?.1.split('`').next());
    let field = named.unwrap_or_default().to_owned();
    let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("the body does not fit: {sentence}"));
    problem.fields = vec![FieldError { field, message: sentence.to_owned() }];
    problem
}

/// Parts of the path. What cannot be an id is the id of nothing.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub(crate) struct Path<T>(pub(crate) T);

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is no such thing")
    }
}

/// Parameters after the question mark.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub(crate) struct Query<T>(pub(crate) T);

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("the parameters could not be read: {}", cause(&rejection)))
    }
}
/// The parameters as they stand, for what has a reader of its own.
pub(crate) struct RawPairs(pub(crate) Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for RawPairs {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Query::<Vec<(String, String)>>::from_request_parts(parts, state).await.map(|Query(pairs)| Self(pairs))
    }
}
