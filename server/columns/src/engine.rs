//! The engine: threads, memory and time that all shops share, and the snapshots that are open.

use crate::build::Build;
use crate::error::ColumnsError;
use crate::files::{Attempts, folder_of, sweep};
use crate::hot::Hot;
use crate::manifest::Manifest;
use crate::query;
use crate::snapshot::Snapshot;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use domain::ids::MerchantId;
use engine::planning::{Plan, Raw};
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// So many shops' snapshots stay open.
const OPEN_AT_MOST: usize = 64;

/// What queries may use, all of them together and each alone.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Memory of all queries together, in bytes.
    pub memory_bytes: usize,
    /// Memory for columns that were read lately, in bytes.
    pub hot_bytes: usize,
    /// Disk for what does not fit into memory, in bytes.
    pub spill_bytes: u64,
    /// Time of one query.
    pub time: Duration,
    /// Threads of all queries together.
    pub threads: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory_bytes: 512 << 20, hot_bytes: 384 << 20, spill_bytes: 2 << 30, time: Duration::from_secs(30), threads: 2 }
    }
}

/// The columnar copies in a folder, one folder a shop.
pub struct Columns {
    root: PathBuf,
    limits: Limits,
    parts: OnceLock<Result<Parts, String>>,
    open: Mutex<HashMap<i64, Arc<Snapshot>>>,
    hot: Arc<Hot>,
    attempts: Attempts,
}

struct Parts {
    environment: Arc<RuntimeEnv>,
    /// Queries calculate for long between two points of waiting, so they have threads of their own.
    threads: Option<Runtime>,
}

impl Drop for Parts {
    fn drop(&mut self) {
        if let Some(threads) = self.threads.take() {
            threads.shutdown_background();
        }
    }
}

impl Columns {
    /// The copies below `root`. Nothing is made before it is needed.
    pub fn new(root: PathBuf, limits: Limits) -> Self {
        let hot = Arc::new(Hot::new(limits.hot_bytes));
        Self { root, limits, parts: OnceLock::new(), open: Mutex::default(), hot, attempts: Attempts::default() }
    }

    /// Begins a new copy of a shop; `attempt` is a name that no other attempt has.
    pub fn build(&self, merchant: MerchantId, attempt: &str) -> Result<Build, ColumnsError> {
        Build::begin(&self.root, merchant.0, attempt, &self.attempts)
    }

    /// What a shop's copy is made of; `None` where there is none.
    pub fn manifest(&self, merchant: MerchantId) -> Result<Option<Manifest>, ColumnsError> {
        Manifest::read(&folder_of(&self.root, merchant.0))
    }

    /// Removes files that nobody needs any more, of all shops; answers how many.
    pub fn sweep(&self, now_ms: i64) -> Result<usize, ColumnsError> {
        let Ok(folders) = fs::read_dir(&self.root) else { return Ok(0) };
        let mut removed = 0;
        for folder in folders {
            let folder = folder?.path();
            if let Some(manifest) = Manifest::read(&folder).ok().flatten() {
                removed += sweep(&folder, &manifest, &self.attempts, now_ms)?;
            }
        }
        Ok(removed)
    }

    /// Removes a shop's copy.
    pub fn forget(&self, merchant: MerchantId) -> Result<(), ColumnsError> {
        self.open.lock().expect("nobody panics while holding the snapshots").remove(&merchant.0);
        let folder = folder_of(&self.root, merchant.0);
        self.hot.forget(&std::path::absolute(&folder)?, |_| false);
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The newest copy of a shop; `None` where there is none.
    pub fn snapshot(&self, merchant: MerchantId) -> Result<Option<Arc<Snapshot>>, ColumnsError> {
        let stamp = Manifest::stamp(&folder_of(&self.root, merchant.0));
        if stamp.is_none() {
            return Ok(None);
        }
        let known = self.open.lock().expect("nobody panics while holding the snapshots").get(&merchant.0).cloned();
        if let Some(known) = known.filter(|known| known.stamp == stamp) {
            return Ok(Some(known));
        }
        let opened = Snapshot::open(self.parts()?.environment.clone(), &self.hot, &self.root, merchant.0)?.map(Arc::new);
        let mut open = self.open.lock().expect("nobody panics while holding the snapshots");
        match &opened {
            Some(snapshot) => {
                if open.len() >= OPEN_AT_MOST && !open.contains_key(&merchant.0) {
                    let any = open.keys().next().copied();
                    any.and_then(|any| open.remove(&any));
                }
                open.insert(merchant.0, snapshot.clone());
            }
            None => drop(open.remove(&merchant.0)),
        }
        Ok(opened)
    }

    /// The rows that a plan brings from a snapshot.
    pub async fn query(&self, snapshot: &Snapshot, plan: &Plan) -> Result<Vec<Vec<Raw>>, ColumnsError> {
        let parts = self.parts()?;
        let threads = parts.threads.as_ref().expect("threads are taken away at the end only");
        query::run(threads.handle(), snapshot.context.clone(), plan.clone(), self.limits.time).await
    }

    /// How the plan runs, a line a step, and how many rows it reads from tables.
    pub async fn explain(&self, snapshot: &Snapshot, plan: &Plan) -> Result<(Vec<String>, u64), ColumnsError> {
        let parts = self.parts()?;
        let threads = parts.threads.as_ref().expect("threads are taken away at the end only");
        query::explain(threads.handle(), snapshot.context.clone(), plan.clone(), self.limits.time).await
    }

    fn parts(&self) -> Result<&Parts, ColumnsError> {
        let parts = self.parts.get_or_init(|| Parts::new(&self.limits, &self.root).map_err(|error| format!("{error}: {error:?}")));
        parts.as_ref().map_err(|text| ColumnsError::Inside(text.clone()))
    }
}

impl Parts {
    fn new(limits: &Limits, root: &std::path::Path) -> Result<Self, ColumnsError> {
        let spill = root.join("spill");
        fs::create_dir_all(&spill)?;
        let disk =
            DiskManagerBuilder::default().with_mode(DiskManagerMode::Directories(vec![spill])).with_max_temp_directory_size(limits.spill_bytes);
        let environment = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(limits.memory_bytes)))
            .with_disk_manager_builder(disk)
            .build_arc()?;
        let threads = Builder::new_multi_thread().worker_threads(limits.threads).thread_name("columns").enable_all().build()?;
        Ok(Self { environment, threads: Some(threads) })
    }
}
