//! What a transaction's statements go through: SeaORM's own transaction, or SQLite's driver without anything between.

use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, StreamExt as _};
use sea_orm::sea_query::Values;
use sea_orm::sqlx::sqlite::{Sqlite, SqliteArguments};
use sea_orm::sqlx::{self, AssertSqlSafe, IntoArguments, Transaction};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, StreamTrait,
};
use sea_query_sqlx::SqlxValues;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Mutex;

/// An open transaction.
///
/// SeaORM copies a statement's values while the database waits for them, which is a quarter of an import. So transactions that write to SQLite
/// are sqlx's own, and rows in bulk are bound to their statement while the one before it runs.
pub enum Statements {
    /// SeaORM's.
    Orm(DatabaseTransaction),
    /// A writing one of SQLite.
    Sqlite(Mutex<Transaction<'static, Sqlite>>),
}

/// SQLite's code for a file that does not open.
const CANNOT_OPEN: &str = "14";

/// Rows that are ready to be written.
pub(super) enum Rows {
    /// A statement with its values.
    Statement(Statement),
    /// The same, bound for SQLite's driver.
    Bound(Arc<str>, SqliteArguments),
}

impl Statements {
    /// Begins to write to SQLite.
    pub(super) async fn begin_sqlite(connection: &DatabaseConnection) -> Result<Self, DbErr> {
        let begun = connection.get_sqlite_connection_pool().begin_with("BEGIN IMMEDIATE").await;
        begun.map(Mutex::new).map(Self::Sqlite).map_err(|error| match &error {
            sqlx::Error::Database(said) if said.code().as_deref() != Some(CANNOT_OPEN) => of_query(error),
            _ => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
        })
    }

    /// Makes its changes last.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Orm(transaction) => transaction.commit().await,
            Self::Sqlite(transaction) => transaction.into_inner().commit().await.map_err(of_query),
        }
    }

    /// Takes its changes back.
    pub(super) async fn roll_back(self) -> Result<(), DbErr> {
        match self {
            Self::Orm(transaction) => transaction.rollback().await,
            Self::Sqlite(transaction) => transaction.into_inner().rollback().await.map_err(of_query),
        }
    }

    /// Makes rows ready for [`Self::write`].
    pub(super) fn bound(&self, sql: &Arc<str>, values: Vec<sea_orm::Value>) -> Rows {
        match self {
            Self::Sqlite(_) => Rows::Bound(sql.clone(), IntoArguments::<Sqlite>::into_arguments(SqlxValues(Values(values)))),
            Self::Orm(_) => Rows::Statement(Statement::from_sql_and_values(DbBackend::Sqlite, &**sql, values)),
        }
    }

    /// Writes rows.
    pub(super) fn write(&self, rows: Rows) -> BoxFuture<'_, Result<(), DbErr>> {
        Box::pin(async move {
            match (self, rows) {
                (Self::Sqlite(transaction), Rows::Bound(sql, arguments)) => {
                    let query = sqlx::query_with(AssertSqlSafe(sql), arguments);
                    query.execute(&mut **transaction.lock().await).await.map(drop).map_err(of_statement)
                }
                (statements, Rows::Statement(statement)) => statements.execute_raw(statement).await.map(drop),
                (Self::Orm(_), Rows::Bound(..)) => Err(DbErr::Custom("rows were bound for another transaction".to_owned())),
            }
        })
    }
}

fn of_statement(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

fn of_query(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

type Asked = sqlx::query::Query<'static, Sqlite, SqlxValues>;

fn asked(statement: Statement) -> Asked {
    sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(statement.values.unwrap_or_else(|| Values(Vec::new()))))
}

#[async_trait::async_trait]
impl ConnectionTrait for Statements {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Orm(transaction) => ConnectionTrait::get_database_backend(transaction),
            Self::Sqlite(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Orm(transaction) => transaction.execute_raw(statement).await,
            Self::Sqlite(transaction) => asked(statement).execute(&mut **transaction.lock().await).await.map(Into::into).map_err(of_statement),
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Orm(transaction) => transaction.execute_unprepared(sql).await,
            Self::Sqlite(transaction) => {
                let statement = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
                statement.execute(&mut **transaction.lock().await).await.map(Into::into).map_err(of_statement)
            }
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Orm(transaction) => transaction.query_one_raw(statement).await,
            Self::Sqlite(transaction) => {
                let row = asked(statement).fetch_optional(&mut **transaction.lock().await).await;
                row.map(|row| row.map(Into::into)).map_err(of_query)
            }
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Orm(transaction) => transaction.query_all_raw(statement).await,
            Self::Sqlite(transaction) => {
                let rows = asked(statement).fetch_all(&mut **transaction.lock().await).await;
                rows.map(|rows| rows.into_iter().map(Into::into).collect()).map_err(of_query)
            }
        }
    }
}

impl StreamTrait for Statements {
    type Stream<'a> = BoxStream<'a, Result<QueryResult, DbErr>>;

    fn get_database_backend(&self) -> DbBackend {
        ConnectionTrait::get_database_backend(self)
    }

    fn stream_raw<'a>(&'a self, statement: Statement) -> Pin<Box<dyn Future<Output = Result<Self::Stream<'a>, DbErr>> + 'a + Send>> {
        Box::pin(async move {
            Ok(match self {
                Self::Orm(transaction) => transaction.stream_raw(statement).await?.boxed(),
                Self::Sqlite(_) => stream::iter(self.query_all_raw(statement).await?.into_iter().map(Ok)).boxed(),
            })
        })
    }
}
