//! Transactions that know whose rows they may see.

use std::ops::Deref;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use domain::ids::MerchantId;
use sea_orm::{AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, Statement, TransactionOptions, TransactionTrait};
use tokio::sync::OwnedMutexGuard;
use tokio::time::timeout;

use super::connect::{STATEMENTS_END, StatementsEnd};
use super::statements::Statements;
use super::stopping::{GivenUp, Running};
use super::{Backend, Db};
use crate::Result;
use crate::error::unavailable;

/// How long a writer waits for the one before it. An import of half a million rows holds it for a few seconds.
const WRITER_PATIENCE: Duration = Duration::from_secs(60);

/// A transaction that is not rolled back by then has a statement under way.
const AT_ONCE: Duration = Duration::from_millis(200);

/// An open transaction; dropped without [`Tx::commit`], it leaves nothing behind.
///
/// Never open a second writing transaction while holding one: on SQLite it would wait for itself.
pub struct Tx {
    // Before all: statements that nobody waits for end, so that what follows has not to wait for them.
    given_up: Option<GivenUp>,
    // Then this, so that it is rolled back before the next writer may begin.
    statements: Statements,
    running: Option<Box<Running>>,
    _writer: Option<OwnedMutexGuard<()>>,
}

impl Deref for Tx {
    type Target = Statements;
    fn deref(&self) -> &Statements {
        &self.statements
    }
}

impl Tx {
    /// Ends it, leaving nothing behind; answers when the database has let go of it. A statement that may be stopped is.
    pub(crate) async fn roll_back(self) {
        let Self { given_up, statements, running, _writer } = self;
        drop(given_up);
        let mut rolled_back = pin!(statements.roll_back());
        let ended = loop {
            match (timeout(AT_ONCE, rolled_back.as_mut()).await, &running) {
                (Ok(ended), _) => break ended,
                // Meanwhile the transaction keeps its connection. Once may be too early, for a statement that was only on its way; and where it
                // meets the rolling back itself, the driver rolls back once more before it lends the connection.
                (Err(_), Some(running)) => running.stop().await,
                (Err(_), None) => {}
            }
        };
        if let Err(error) = ended {
            tracing::debug!(error = %error, "a transaction ended by itself");
        }
    }

    /// Makes its changes last.
    pub async fn commit(self) -> Result<()> {
        Ok(self.statements.commit().await?)
    }
}

/// Whose rows a transaction sees.
enum Scope {
    Merchant(MerchantId),
    System,
}

impl Db {
    /// Reads one merchant's rows, all as of one moment.
    pub async fn read(&self, merchant: MerchantId) -> Result<Tx> {
        self.begin(Scope::Merchant(merchant), false).await
    }

    /// The same for questions: no statement runs on for longer, though nobody waits for it any more. PostgreSQL counts each statement's own
    /// time, and stops it when the transaction is rolled back; SQLite stops them when the whole is over, or the transaction was dropped.
    pub async fn read_for(&self, merchant: MerchantId, statement: Duration, whole: Duration) -> Result<Tx> {
        let is_given_up = Arc::<AtomicBool>::default();
        let end = StatementsEnd { at: Instant::now() + whole, is_given_up: is_given_up.clone() };
        let mut tx = STATEMENTS_END.scope(end, self.read(merchant)).await?;
        tx.given_up = Some(GivenUp(is_given_up));
        if self.backend == Backend::Postgres {
            tx.running = Some(Box::new(Running::of(&tx.statements, statement, self.connection.clone()).await?));
        }
        Ok(tx)
    }

    /// Changes one merchant's rows.
    pub async fn write(&self, merchant: MerchantId) -> Result<Tx> {
        self.begin(Scope::Merchant(merchant), true).await
    }

    /// Reads across merchants: signing in, claiming jobs, cleaning up.
    pub async fn system_read(&self) -> Result<Tx> {
        self.begin(Scope::System, false).await
    }

    /// Changes across merchants.
    pub async fn system_write(&self) -> Result<Tx> {
        self.begin(Scope::System, true).await
    }

    async fn begin(&self, scope: Scope, writes: bool) -> Result<Tx> {
        if self.backend == Backend::Sqlite && writes {
            let turn = timeout(WRITER_PATIENCE, self.writer.clone().lock_owned()).await;
            let writer = turn.map_err(|_| unavailable())?;
            let statements = Statements::begin_sqlite(&self.connection).await?;
            return Ok(Tx { given_up: None, statements, running: None, _writer: Some(writer) });
        }
        let mut options = TransactionOptions::default();
        if self.backend == Backend::Postgres && !writes {
            // As SQLite does by itself: all reads see one moment. And a use case that only reads cannot write by mistake.
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        let transaction = self.connection.begin_with_options(options).await?;
        if self.backend == Backend::Postgres {
            enter(&transaction, scope).await?;
        }
        Ok(Tx { given_up: None, statements: Statements::Orm(transaction), running: None, _writer: None })
    }
}

/// Valid until the transaction ends (`true`): a pooled connection never carries it on to the next request.
async fn enter(transaction: &DatabaseTransaction, scope: Scope) -> Result<()> {
    let (name, value) = match scope {
        Scope::Merchant(merchant) => ("app.merchant_id", merchant.to_string()),
        Scope::System => ("app.system", "on".to_owned()),
    };
    let sql = "SELECT set_config($1, $2, true)";
    transaction.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [name.into(), value.into()])).await?;
    Ok(())
}
