//! The one error that reaches people: a closed set of kinds, each with words that say what to do.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What went wrong with one field of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name as the input's JSON spells it, for example `email` or `filters[0].values`.
    pub field: String,
    /// A sentence for the person who filled it in.
    pub message: String,
}

/// The closed set of kinds; each is one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Not signed in, or the token has ended: 401.
    Unauthorized,
    /// Signed in, but the role does not allow it: 403.
    Forbidden,
    /// There is no such thing for this merchant: 404. A foreign row is this too.
    NotFound,
    /// The request could not be read at all: 400.
    BadRequest,
    /// The input was read and is wrong; the fields say where: 422.
    Validation,
    /// It collides with what is there (an e-mail that is taken): 409.
    Conflict,
    /// The body is larger than allowed: 413.
    TooLarge,
    /// Too many tries; `retry_after` says when to come back: 429.
    RateLimited,
    /// Something we need does not answer: 503.
    Unavailable,
    /// Our fault; the log has the details under the request's id: 500.
    Internal,
}

impl ErrorKind {
    /// The HTTP status of this kind.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Validation => 422,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// An error a person or an integrator sees. It never carries an internal error's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    /// Which of the closed set.
    pub kind: ErrorKind,
    /// One sentence: what happened and what to do next.
    pub message: String,
    /// For [`ErrorKind::Validation`]: which fields and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// For [`ErrorKind::RateLimited`] and [`ErrorKind::Unavailable`]: seconds until it is worth trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl AppError {
    /// An error of a kind with its sentence.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), fields: Vec::new(), retry_after: None }
    }

    /// One wrong field.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::validation(vec![FieldError { field: field.into(), message }])
    }

    /// Several wrong fields.
    pub fn validation(fields: Vec<FieldError>) -> Self {
        let message = match fields.as_slice() {
            [one] => one.message.clone(),
            many => format!("{} fields need another look", many.len()),
        };
        Self { fields, ..Self::new(ErrorKind::Validation, message) }
    }

    /// Not signed in.
    pub fn unauthorized() -> Self {
        Self::new(ErrorKind::Unauthorized, "you are not signed in, or your session has ended; sign in and try again")
    }

    /// The role does not allow it; `who` can.
    pub fn forbidden(who: &str) -> Self {
        Self::new(ErrorKind::Forbidden, format!("your role does not allow this; {who} can do it or change your role"))
    }

    /// No such thing.
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorKind::NotFound, format!("there is no such {what}"))
    }

    /// A collision.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Conflict, message)
    }

    /// Too many tries; worth trying again after `seconds`.
    pub fn rate_limited(message: impl Into<String>, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(ErrorKind::RateLimited, message) }
    }

    /// Our fault. The cause belongs in the log, not here.
    pub fn internal() -> Self {
        Self::new(ErrorKind::Internal, "something went wrong on our side; try again, and if it stays, tell us the code below")
    }

    /// The status to answer with.
    pub fn status(&self) -> u16 {
        self.kind.status()
    }

    /// The message of a named field, if that field is wrong.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|error| error.field == name).map(|error| error.message.as_str())
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AppError {}

impl From<garde::Report> for AppError {
    fn from(report: garde::Report) -> Self {
        let fields = report.iter().map(|(path, error)| FieldError { field: path.to_string(), message: error.to_string() }).collect();
        Self::validation(fields)
    }
}

#[cfg(feature = "server-fn")]
impl server_fn::error::FromServerFnError for AppError {
    type Encoder = server_fn::codec::JsonEncoding;

    fn from_server_fn_error(error: server_fn::error::ServerFnErrorErr) -> Self {
        use server_fn::error::ServerFnErrorErr as Transport;
        match error {
            Transport::Request(_) => Self::new(ErrorKind::Unavailable, "the server did not answer; check your connection and try again"),
            Transport::Args(_) | Transport::MissingArg(_) | Transport::Deserialization(_) => {
                Self::new(ErrorKind::BadRequest, "the page and the server do not understand each other; reload the page")
            }
            _ => Self::internal(),
        }
    }
}
