//! Connecting to SQLite or PostgreSQL and keeping the schema up to date.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use tokio::sync::Mutex;

/// Which database it is; only `db` and `entity` may care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Inside this process, in a file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Of SQLite's own steps: about a thousandth of a second.
const STEPS_BETWEEN_LOOKS: i32 = 100_000;

tokio::task_local! {
    /// When statements on a connection that is borrowed in this task are stopped.
    pub(super) static STATEMENTS_END: StatementsEnd;
}

/// The end of a transaction's statements: a moment, or nobody waits for them any more.
#[derive(Clone)]
pub(super) struct StatementsEnd {
    pub(super) at: Instant,
    pub(super) is_given_up: Arc<AtomicBool>,
}

impl StatementsEnd {
    fn has_come(&self) -> bool {
        self.is_given_up.load(Ordering::Relaxed) || Instant::now() >= self.at
    }
}

/// How many connections there are.
const SQLITE_CONNECTIONS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 20;

/// A number that all servers of one PostgreSQL agree on: who holds it, migrates.
const MIGRATION_LOCK: i64 = 0x7472_6164_6570;

/// The database.
#[derive(Clone)]
pub struct Db {
    pub(super) connection: DatabaseConnection,
    pub(super) backend: Backend,
    /// SQLite has one writer at a time; waiting here is fair and cheaper than waiting for its file lock.
    pub(super) writer: Arc<Mutex<()>>,
}

impl Db {
    /// Connects to `sqlite://path` or `postgres://…`.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let (backend, options) = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => (Backend::Sqlite, sqlite_options(url).await?),
            Some("postgres" | "postgresql") => (Backend::Postgres, postgres_options(url)),
            _ => bail!("DATABASE_URL must begin with sqlite:// or postgres://"),
        };
        // The cause may spell the URL with its password, so it is not part of the message.
        let connection = Database::connect(options).await.context("the database in DATABASE_URL does not answer")?;
        let db = Self { connection, backend, writer: Arc::new(Mutex::new(())) };
        db.warn_of_superuser().await?;
        Ok(db)
    }

    /// Which database it is.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// How many statements run at once.
    pub(crate) fn connections(&self) -> usize {
        match self.backend {
            Backend::Sqlite => SQLITE_CONNECTIONS as usize,
            Backend::Postgres => POSTGRES_CONNECTIONS as usize,
        }
    }

    /// Brings the schema up to date; of several servers that start at once, one does it and the others wait.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        let _writer = self.writer.lock().await;
        if self.backend == Backend::Sqlite {
            return Ok(Migrator::up(&self.connection, None).await?);
        }
        let lock = self.connection.begin().await?;
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, "SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK.into()]);
        lock.execute_raw(statement).await?;
        Migrator::up(&self.connection, None).await?;
        Ok(lock.commit().await?)
    }

    /// Tells PostgreSQL how large tables of facts have become. It finds out by itself within a minute or so, and plans badly until then.
    pub(crate) async fn weigh_facts(&self) {
        if self.backend == Backend::Postgres {
            let weighed = self.connection.execute_unprepared("ANALYZE orders, order_lines, products, customers").await;
            weighed.map_or_else(|error| tracing::warn!(error.cause = ?error, "the tables of facts could not be weighed"), drop);
        }
    }

    /// Whether it answers.
    pub async fn is_alive(&self) -> bool {
        tokio::time::timeout(Duration::from_secs(2), self.connection.ping()).await.is_ok_and(|answer| answer.is_ok())
    }

    /// Row-level security does not hold for a superuser: the second wall would be missing.
    async fn warn_of_superuser(&self) -> anyhow::Result<()> {
        if self.backend == Backend::Postgres {
            let sql = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";
            let row = self.connection.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
            if row.map(|row| row.try_get_by_index::<bool>(0)).transpose()?.unwrap_or(false) {
                tracing::warn!("the database role in DATABASE_URL passes row-level security by; use a role that is no superuser");
            }
        }
        Ok(())
    }
}

async fn sqlite_options(url: &str) -> anyhow::Result<ConnectOptions> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//").split('?').next().unwrap_or_default();
    if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
        tokio::fs::create_dir_all(folder).await.with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).max_connections(SQLITE_CONNECTIONS).acquire_timeout(Duration::from_secs(10));
    // On a full disk SQLite itself rolls back; then the driver's own rollback fails, and the connection would stay in a transaction for ever.
    options.map_sqlx_sqlite_before_acquire(|connection, _| Box::pin(lend(connection)));
    // A new connection is lent at once, and not asked before.
    options.map_sqlx_sqlite_pool_opts(|pool| pool.after_connect(|connection, _| Box::pin(async move { lend(connection).await.map(drop) })));
    options.map_sqlx_sqlite_opts(|sqlite: SqliteConnectOptions| {
        sqlite
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(30))
            // After a large import the write-ahead log shrinks again.
            .pragma("journal_size_limit", "67108864")
    });
    Ok(options)
}

/// Makes a connection ready for its next borrower; `false` where it is of no more use.
async fn lend(connection: &mut SqliteConnection) -> Result<bool, sea_orm::sqlx::Error> {
    if connection.is_in_transaction() {
        return Ok(false);
    }
    let until = STATEMENTS_END.try_with(StatementsEnd::clone).ok();
    let mut handle = connection.lock_handle().await?;
    match until {
        Some(end) => handle.set_progress_handler(STEPS_BETWEEN_LOOKS, move || !end.has_come()),
        None => handle.remove_progress_handler(),
    }
    Ok(true)
}

fn postgres_options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).max_connections(POSTGRES_CONNECTIONS).acquire_timeout(Duration::from_secs(5));
    options.set_application_name("tradepost");
    options
}
