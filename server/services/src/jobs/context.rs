//! What a running job knows and may do.

use super::error::JobError;
use super::lease::Lease;
use crate::context::Services;
use crate::db::Tx;
use domain::ids::MerchantId;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicU8, Ordering};
use uuid::Uuid;

const GOES_ON: u8 = 0;
const CANCELLED: u8 = 1;
const LEASE_LOST: u8 = 2;
const STOPPING: u8 = 3;

/// Shared between a job and its heartbeat: the job tells its progress, the heartbeat tells it to stop. Cheap enough for tight loops.
#[derive(Debug, Default)]
pub struct Pulse {
    progress: AtomicI32,
    rows: AtomicI64,
    verdict: AtomicU8,
}

impl Pulse {
    /// Tells how far the job is, 0 to 100.
    pub fn set_progress(&self, percent: i32) {
        self.progress.store(percent.clamp(0, 100), Ordering::Relaxed);
    }

    /// How far the job is.
    pub fn progress(&self) -> i32 {
        self.progress.load(Ordering::Relaxed)
    }

    /// Tells how many rows of a file the job has read.
    pub fn set_rows(&self, rows: i64) {
        self.rows.store(rows, Ordering::Relaxed);
    }

    /// How many rows of a file the job has read; 0 where it reads none.
    pub fn rows(&self) -> i64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Whether the job may go on.
    pub fn check(&self) -> Result<(), JobError> {
        match self.verdict.load(Ordering::Relaxed) {
            CANCELLED => Err(JobError::Cancelled),
            LEASE_LOST => Err(JobError::LeaseLost),
            STOPPING => Err(JobError::Stopping),
            _ => Ok(()),
        }
    }

    fn decide(&self, verdict: u8) {
        // The first verdict stands: a lost lease must not become a cancellation.
        let _ = self.verdict.compare_exchange(GOES_ON, verdict, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// A person asked for it to stop.
    pub(crate) fn cancel(&self) {
        self.decide(CANCELLED);
    }

    /// Another worker has it.
    pub(crate) fn lose(&self) {
        self.decide(LEASE_LOST);
    }

    /// The program stops.
    pub(crate) fn stop(&self) {
        self.decide(STOPPING);
    }
}

/// A running job: its row, its lease and the services it works with.
#[derive(Clone)]
pub struct JobContext {
    /// Everything a use case needs.
    pub services: Services,
    /// The row as it was when claimed.
    pub job: Arc<entity::job::Model>,
    /// Progress out, verdict in.
    pub pulse: Arc<Pulse>,
    pub(crate) lease: Lease,
}

impl JobContext {
    /// Whose work this is; a job of the program itself has no merchant.
    pub fn merchant_id(&self) -> Result<MerchantId, JobError> {
        self.job.merchant_id.map(MerchantId).ok_or_else(|| JobError::fail("this job names no shop"))
    }

    /// An id of the payload.
    pub fn id(&self, name: &str) -> Result<Uuid, JobError> {
        payload_id(&self.job, name).ok_or_else(|| JobError::fail(format!("the job's payload has no “{name}”")))
    }

    /// Locks the job's row for the rest of the transaction, or refuses when the lease is lost: the fence before effects.
    pub async fn hold(&self, tx: &Tx) -> Result<(), JobError> {
        self.pulse.check()?;
        if self.lease.is_held(&**tx).await.map_err(JobError::retry)? { Ok(()) } else { Err(JobError::LeaseLost) }
    }

    /// Marks the job done inside the transaction that holds its effects; then return [`super::Outcome::Closed`].
    pub async fn close(&self, tx: &Tx) -> Result<(), JobError> {
        let now = self.services.clock.now_ms();
        if self.lease.finish(&**tx, now).await.map_err(JobError::retry)? { Ok(()) } else { Err(JobError::LeaseLost) }
    }

    /// A name that no other attempt shares, for files that this attempt alone writes.
    pub(crate) fn attempt_name(&self) -> String {
        self.lease.token.simple().to_string()
    }
}

/// An id of a job's payload.
pub(crate) fn payload_id(job: &entity::job::Model, name: &str) -> Option<Uuid> {
    let payload: serde_json::Value = serde_json::from_str(&job.payload).ok()?;
    payload.get(name)?.as_str()?.parse().ok()
}
