//! What stops the statements of a transaction that nobody waits for any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::statements::Statements;
use crate::Result;

/// Tells SQLite when it is dropped.
pub(super) struct GivenUp(pub(super) Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A transaction as PostgreSQL tells it from all others.
pub(super) struct Running {
    connection: DatabaseConnection,
    process: i32,
    begun_at: String,
}

impl Running {
    /// The transaction of these statements, none of which may take longer from now on.
    pub(super) async fn of(statements: &Statements, most: Duration, connection: DatabaseConnection) -> Result<Self> {
        let milliseconds = i64::try_from(most.as_millis()).unwrap_or(i64::MAX).max(1);
        let sql = "SELECT set_config('statement_timeout', $1, true), pg_backend_pid(), CAST(now() AS TEXT)";
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [milliseconds.to_string().into()]);
        let row = statements.query_one_raw(asked).await?.ok_or_else(|| anyhow::anyhow!("a row without a table is there"))?;
        Ok(Self { connection, process: row.try_get_by_index(1)?, begun_at: row.try_get_by_index(2)? })
    }

    /// Stops its statement. Whoever asks for it holds the connection until this has its answer: a signal that comes late would stop the statement
    /// of whoever borrows it next. Between statements, a signal does nothing.
    pub(super) async fn stop(&self) {
        let sql = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND CAST(xact_start AS TEXT) = $2";
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [self.process.into(), self.begun_at.clone().into()]);
        if let Err(error) = self.connection.execute_raw(asked).await {
            tracing::debug!(error = %error, "a statement that nobody waits for could not be stopped");
        }
    }
}
