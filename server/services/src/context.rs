//! The one value that every use case takes first: database, key-value store, clock, randomness, keys and configuration.

use std::ops::Deref;
use std::sync::Arc;

use anyhow::Context;
use columns::{Columns, Limits};
use serde::Serialize;
use tokio::sync::{Notify, Semaphore};
use tokio_util::task::TaskTracker;

use crate::analytics::Turns;
use crate::clock::{Clock, SystemClock};
use crate::config::ServicesConfig;
use crate::dashboards::{Parked, PendingUses};
use crate::db::Db;
use crate::keys::Keys;
use crate::kv::KeyValue;
use crate::random::{Random, SystemRandom};

/// The channel on which processes tell each other that a job waits.
const JOBS_CHANNEL: &str = "jobs";

/// How many passwords are hashed at once: each takes 19 MiB and a core.
const HASHING_AT_ONCE: usize = 4;

/// Everything a use case needs; cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Parts>);

/// What [`Services`] is made of.
pub struct Parts {
    /// The only way to a database connection.
    pub db: Db,
    /// Cache, counters, revocations and wake-ups.
    pub kv: KeyValue,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// This installation's keys.
    pub keys: Keys,
    /// How it is set up.
    pub config: ServicesConfig,
    /// Rings when a job may be waiting, here or in another process.
    pub job_wake: Notify,
    /// Work that outlives a request; waited for at a graceful stop.
    pub tasks: TaskTracker,
    /// The columnar copies of shops.
    pub columns: Arc<Columns>,
    pub(crate) hashing: Semaphore,
    /// Who may read for figures now.
    pub(crate) turns: Turns,
    /// Openings of public links that are not written yet.
    pub(crate) link_uses: PendingUses,
    /// Boards whose other cards a page is about to ask for.
    pub(crate) parked: Arc<Parked>,
}

impl Deref for Services {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Which parts answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// The database answers; without it nothing works.
    pub database: bool,
    /// The key-value store answers; without it, memory stands in.
    pub key_value: bool,
}

impl Readiness {
    /// Whether requests can be served.
    pub fn is_ready(self) -> bool {
        self.database
    }
}

impl Services {
    /// Makes or reads the key file, connects and brings the schema up to date.
    pub async fn start(config: ServicesConfig) -> anyhow::Result<Self> {
        Self::start_with(config, Arc::new(SystemClock), Arc::new(SystemRandom)).await
    }

    /// The same with another clock and randomness.
    pub async fn start_with(config: ServicesConfig, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> anyhow::Result<Self> {
        tokio::fs::create_dir_all(&config.data_dir).await.with_context(|| format!("the data folder {} cannot be made", config.data_dir.display()))?;
        let keys = Keys::load_or_create(&config.secret_file, random.as_ref())?;
        let db = Db::connect(&config.database_url).await?;
        db.migrate().await.context("the database's schema cannot be brought up to date")?;
        let kv = KeyValue::connect(config.redis_url.as_deref(), format!("tradepost:{}:", keys.pseudonym("installation")), clock.clone()).await?;
        let tasks = TaskTracker::new();
        let columns = Arc::new(Columns::new(config.data_dir.join("columns"), Limits::default()));
        let hashing = Semaphore::new(HASHING_AT_ONCE);
        let turns = Turns::of(db.connections());
        let (job_wake, link_uses, parked) = (Notify::new(), PendingUses::default(), Arc::new(Parked::default()));
        let services = Self(Arc::new(Parts { db, kv, clock, random, keys, config, job_wake, tasks, columns, hashing, turns, link_uses, parked }));
        services.listen_for_jobs().await;
        Ok(services)
    }

    /// Tells workers, here and elsewhere, that a job waits. Call it after the commit.
    pub fn wake_workers(&self) {
        self.job_wake.notify_one();
        if self.kv.is_shared() {
            let services = self.clone();
            self.tasks.spawn(async move { services.kv.publish(JOBS_CHANNEL, "").await });
        }
    }

    /// Which parts answer now.
    pub async fn is_ready(&self) -> Readiness {
        Readiness { database: self.db.is_alive().await, key_value: self.kv.is_alive() }
    }

    /// Weakly held, so that the listener ends with the services.
    async fn listen_for_jobs(&self) {
        if !self.kv.is_shared() {
            return;
        }
        let mut messages = self.kv.subscribe(JOBS_CHANNEL).await;
        let parts = Arc::downgrade(&self.0);
        self.detached(async move {
            use tokio::sync::broadcast::error::RecvError;
            while let Ok(_) | Err(RecvError::Lagged(_)) = messages.recv().await {
                let Some(parts) = parts.upgrade() else { break };
                parts.job_wake.notify_one();
            }
        });
    }

    /// For listeners that run as long as the process: not waited for at a stop.
    fn detached(&self, listener: impl Future<Output = ()> + Send + 'static) {
        drop(tokio::spawn(listener));
    }
}
