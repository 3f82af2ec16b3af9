//! What a use case fails with: either words for a person, or a cause for the log.

use domain::{AppError, ErrorKind};
use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

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

/// The database does not answer at the moment.
pub fn unavailable() -> AppError {
    AppError {
        retry_after: Some(5),
        ..AppError::new(ErrorKind::Unavailable, "the database does not answer at the moment; try again in a few seconds")
    }
}

impl From<DbErr> for ServiceError {
    fn from(error: DbErr) -> Self {
        let words = match trouble(&error) {
            None => return Self::Internal(error.into()),
            Some(Trouble::Away) => unavailable(),
            Some(Trouble::Full) => AppError::new(ErrorKind::Unavailable, "the disk is full, so nothing was stored; free some space and try again"),
        };
        tracing::warn!(error.cause = %error, "the database cannot do this at the moment");
        Self::App(words)
    }
}

/// What a database may suffer from that is nobody's mistake and passes.
enum Trouble {
    /// Not there, overrun, or busy with someone else's change.
    Away,
    /// No space left.
    Full,
}

fn trouble(error: &DbErr) -> Option<Trouble> {
    let cause = match error {
        DbErr::ConnectionAcquire(_) => return Some(Trouble::Away),
        DbErr::Conn(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => cause,
        _ => return None,
    };
    match &**cause {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Some(Trouble::Away),
        // PostgreSQL: shutting down (57P), connection (08), too many of them (53300), disk (53100), serialisation (40). SQLite: busy (5), full (13).
        sqlx::Error::Database(database) => match database.code().as_deref() {
            Some("53100" | "13") => Some(Trouble::Full),
            Some("53300" | "5" | "517") => Some(Trouble::Away),
            Some(code) if ["57P", "08", "40"].iter().any(|class| code.len() == 5 && code.starts_with(class)) => Some(Trouble::Away),
            _ => None,
        },
        _ => None,
    }
}

impl From<std::io::Error> for ServiceError {
    fn from(error: std::io::Error) -> Self {
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
    use std::sync::Arc;

    #[test]
    fn a_database_that_is_away_is_not_our_fault_and_a_wrong_statement_is() {
        let kind = |cause: sqlx::Error| ServiceError::from(DbErr::Query(RuntimeErr::SqlxError(Arc::new(cause)))).kind();
        assert_eq!(kind(sqlx::Error::PoolTimedOut), ErrorKind::Unavailable);
        assert_eq!(kind(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into())), ErrorKind::Unavailable);
        assert_eq!(kind(sqlx::Error::RowNotFound), ErrorKind::Internal);
    }

    #[test]
    fn an_internal_cause_never_reaches_a_person() {
        let error = ServiceError::from(anyhow::anyhow!("column secret_hash does not exist")).into_app();
        assert_eq!(error, AppError::internal());
    }
}
