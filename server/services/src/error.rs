//! What a use case fails with: either words for a person, or a cause for the log.

use domain::{AppError, ErrorKind};
use sea_orm::{DbErr, SqlErr};

/// The result of a use case.
pub type Result<T, E = ServiceError> = std::result::Result<T, E>;

/// A failed use case.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// For the person who asked.
    #[error(transparent)]
    App(#[from] AppError),
    /// Our fault; never shown.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl ServiceError {
    /// What the person sees. An internal cause goes to the log, once, here.
    pub fn into_app(self) -> AppError {
        match self {
            Self::App(error) => error,
            Self::Internal(cause) => {
                tracing::error!(error.cause = format!("{cause:#}"), "a use case failed inside");
                AppError::internal()
            }
        }
    }

    /// The kind a person would see.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::App(error) => error.kind,
            Self::Internal(_) => ErrorKind::Internal,
        }
    }
}

/// Whether a statement broke a unique key: someone else was first.
pub fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether a write failed because there is no space left, in either database's words.
fn is_database_full(error: &DbErr) -> bool {
    let words = error.to_string();
    words.contains("database or disk is full") || words.contains("No space left on device")
}

/// Whether a file could not be written because there is no space left.
pub(crate) fn is_disk_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

/// There is no space left: an operator can mend it, and what waits goes on by itself.
pub fn disk_full() -> AppError {
    let words = "the server's disk is full, so this could not be kept; nothing that was there is lost, and with some space freed it works again";
    AppError { retry_after: Some(60), ..AppError::new(ErrorKind::Unavailable, words) }
}

/// The database does not answer at the moment.
pub fn unavailable() -> AppError {
    AppError {
        retry_after: Some(5),
        ..AppError::new(ErrorKind::Unavailable, "the database does not answer at the moment; try again in a few seconds")
    }
}

/// What is said of a question that takes too long. No question of a shop does unless something is wrong with it.
pub(crate) fn took_too_long() -> AppError {
    again_later("the question takes too long to answer; ask for fewer days, fewer splits, or filter")
}

/// What does not go now, and may a little later.
pub(crate) fn again_later(message: &str) -> AppError {
    AppError { retry_after: Some(10), ..AppError::new(ErrorKind::Unavailable, message) }
}

/// Whether a statement was stopped because its transaction had no more time: SQLite says “interrupted”, PostgreSQL “canceling statement due to
/// statement timeout”.
fn is_stopped(error: &DbErr) -> bool {
    let words = error.to_string();
    words.contains("interrupted") || words.contains("statement timeout")
}

impl From<DbErr> for ServiceError {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => {
                tracing::warn!(error.cause = %error, "the database does not answer");
                Self::App(unavailable())
            }
            full if is_database_full(&full) => {
                tracing::warn!(error.cause = %full, "the database's disk is full");
                Self::App(disk_full())
            }
            stopped if is_stopped(&stopped) => Self::App(took_too_long()),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<std::io::Error> for ServiceError {
    fn from(error: std::io::Error) -> Self {
        if is_disk_full(&error) {
            tracing::warn!(error.cause = %error, "the disk is full");
            return Self::App(disk_full());
        }
        Self::Internal(error.into())
    }
}

impl From<serde_json::Error> for ServiceError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<garde::Report> for ServiceError {
    fn from(report: garde::Report) -> Self {
        Self::App(report.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_that_was_stopped_is_for_later_and_another_failure_is_ours() {
        for words in ["interrupted", "canceling statement due to statement timeout"] {
            let told = ServiceError::from(DbErr::Custom(format!("error returned from database: {words}"))).into_app();
            assert!(told.kind == ErrorKind::Unavailable && told.retry_after.is_some(), "{told:?}");
        }
        assert_eq!(ServiceError::from(DbErr::Custom("no such table: orders".to_owned())).kind(), ErrorKind::Internal);
    }
}
