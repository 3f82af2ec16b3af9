//! Background work in a table: enqueued with the change that asks for it, leased to one worker at a time, never lost and never doubled.

use std::time::Duration;

mod cancel_job;
mod claim;
mod clean_up;
mod context;
mod cron;
mod enqueue;
mod error;
mod kind;
mod lease;
mod list_jobs;
mod retry_job;
mod rows;
mod run;
mod worker;

pub use cancel_job::cancel_job;
pub use context::{JobContext, Pulse};
pub use enqueue::{NewJob, enqueue};
pub use error::{JobError, JobResult, Outcome};
pub use kind::JobKind;
pub use list_jobs::list_jobs;
pub use retry_job::retry_job;
pub use worker::{Worker, WorkerHandle, WorkerOptions};

pub(crate) use cancel_job::{Cancellation, cancel_in};
pub(crate) use context::payload_id;
pub(crate) use run::run_now;

/// How long a job belongs to a worker that gives no sign of life.
pub(crate) const LEASE: Duration = Duration::from_secs(30);
