//! Extractors whose refusals are problems.

use crate::problem::Problem;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use domain::FieldError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A JSON body without a field that nobody knows: a misspelt one would else be left out in silence.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned + Serialize, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        if !is_json(request.headers()) {
            return Err(not_json());
        }
        read(&body(request, state).await?).map(Self).map_err(|problem| *problem)
    }
}

/// A JSON body that may be left out.
pub(crate) struct MaybeJson<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned + Serialize, S: Send + Sync> FromRequest<S> for MaybeJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let is_json = is_json(request.headers());
        let bytes = body(request, state).await?;
        match bytes.trim_ascii() {
            b"" | b"null" => Ok(Self(None)),
            _ if !is_json => Err(not_json()),
            _ => read(&bytes).map(|value| Self(Some(value))).map_err(|problem| *problem),
        }
    }
}

fn not_json() -> Problem {
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the body as JSON, with the header Content-Type: application/json")
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than this address takes"),
        status => Problem::new(status, "the body did not arrive whole; send it again"),
    })
}

fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, Box<Problem>> {
    let axum::Json(value) = axum::Json::<T>::from_bytes(bytes).map_err(|rejection| unreadable(&rejection))?;
    match unknown_field(bytes, &value) {
        Some(field) => Err(Box::new(wrong_field(field.clone(), format!("unknown field `{field}`; /api/docs says which there are")))),
        None => Ok(value),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") || kind.ends_with("+json")
}

/// The innermost cause is serde's own sentence, with the path to the field before it, where there is one.
fn unreadable(rejection: &JsonRejection) -> Problem {
    let sentence = cause(rejection);
    if let JsonRejection::JsonSyntaxError(_) = rejection {
        return Problem::new(StatusCode::BAD_REQUEST, format!("the body is not JSON: {sentence}"));
    }
    let (path, sentence) = match sentence.split_once(": ") {
        Some((path, rest)) if !path.contains([' ', '`']) => (path, rest),
        _ => ("", sentence.as_str()),
    };
    // Serde names a field in back-ticks where it is missing or unknown.
    let named = ["missing field `", "unknown field `"].iter().find_map(|lead| sentence.split_once(lead)?.1.split('`').next());
    let field = match (path, named) {
        ("", Some(named)) => named.to_owned(),
        (path, Some(named)) if !path.ends_with(named) => format!("{path}.{named}"),
        (path, _) => path.to_owned(),
    };
    let sentence = sentence.split(" at line ").next().unwrap_or_default().to_owned();
    wrong_field(field, sentence)
}

fn wrong_field(field: String, sentence: String) -> Problem {
    let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("the body does not fit: {sentence}"));
    problem.fields = vec![FieldError { field, message: sentence }];
    problem
}

/// A field of the body that did not make it into the value. Nulls and empty lists may be left out when it is written again.
fn unknown_field(bytes: &[u8], value: &impl Serialize) -> Option<String> {
    let (Ok(Value::Object(given)), Ok(Value::Object(known))) = (serde_json::from_slice(bytes), serde_json::to_value(value)) else { return None };
    let is_nothing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    given.iter().find(|(name, value)| !known.contains_key(*name) && !is_nothing(value)).map(|(name, _)| name.clone())
}

/// The innermost cause: serde's own sentence, without axum's preamble.
fn cause(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
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
