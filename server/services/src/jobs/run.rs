//! Running one claimed job: the work and its heartbeat side by side, then the row is settled.

use super::claim::{Claimed, claim_one};
use super::{JobContext, JobError, JobKind, JobResult, Outcome, Pulse, clean_up, payload_id};
use crate::context::Services;
use crate::error::{Result, ServiceError};
use crate::mail::DeliveryError;
use domain::ids::{JobId, MerchantId};
use domain::jobs::JobState;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often progress is written, at most.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);
/// How often the row is looked at although nothing moved: a person may have asked for the job to stop.
const LOOK_EVERY: Duration = Duration::from_secs(3);
const LONGEST_PAUSE_MS: i64 = 10 * 60 * 1000;

/// What a job's kind does: the whole table of background work.
async fn work(context: &JobContext) -> JobResult {
    let job = &context.job;
    if job.attempts > job.max_attempts {
        return Err(JobError::fail(format!("the program stopped {} times while it worked on this; look at its log, then retry", job.max_attempts)));
    }
    match JobKind::parse(&job.kind) {
        Some(JobKind::ProcessUpload) => crate::sources::process_upload(context).await,
        Some(JobKind::UndoUpload) => crate::sources::undo(context).await,
        Some(JobKind::RecomputeDays) => crate::sources::recompute_days(context).await,
        Some(JobKind::RefreshColumns) => crate::analytics::refresh_columns(context).await,
        Some(JobKind::SendMail) => send_mail(context).await,
        Some(JobKind::SeedDemo) => crate::demo::seed_demo(context).await,
        Some(JobKind::CleanUp) => clean_up::clean_up(context).await,
        None => Err(JobError::fail(format!("this version of the program knows no job “{}”", job.kind))),
    }
}

async fn send_mail(context: &JobContext) -> JobResult {
    match crate::mail::deliver(&context.services, context.id("mail_id")?).await {
        Ok(()) => Ok(Outcome::Finished),
        Err(DeliveryError::Later(error)) => Err(JobError::retry(error)),
        Err(DeliveryError::Never(sentence)) => Err(JobError::fail(sentence)),
    }
}

/// Runs a claimed job to its end and settles its row.
pub(super) async fn run(services: &Services, claimed: Claimed, pulse: Arc<Pulse>, lease: Duration) {
    let context = JobContext { services: services.clone(), job: Arc::new(claimed.job), pulse, lease: claimed.lease };
    let started = Instant::now();
    let outcome = tokio::select! {
        outcome = AssertUnwindSafe(work(&context)).catch_unwind() => outcome.unwrap_or_else(|_| Err(panicked())),
        never = beat(&context, lease) => match never {},
    };
    metrics::histogram!("job_duration_seconds", "kind" => context.job.kind.clone()).record(started.elapsed().as_secs_f64());
    if let Err(error) = settle(&context, outcome).await {
        // The lease runs out and the job is claimed again: nothing is lost.
        tracing::warn!(job.id = %context.job.id, job.kind = %context.job.kind, error = ?error, "a job's end could not be written; its lease will run out");
    }
}

/// A panic ends the attempt, not the worker; its message is in the log already.
fn panicked() -> JobError {
    JobError::retry(anyhow::anyhow!("a job panicked"))
}

/// Claims one job and runs it here, or answers `false` when another worker has it.
pub(crate) async fn run_now(services: &Services, id: JobId, lease: Duration) -> Result<bool> {
    let Some(claimed) = claim_one(services, id.0, lease).await? else {
        return Ok(false);
    };
    run(services, claimed, Arc::default(), lease).await;
    Ok(true)
}

/// Extends the lease and carries progress and verdicts until it is dropped.
async fn beat(context: &JobContext, lease: Duration) -> std::convert::Infallible {
    let (mut written, mut extended) = (0, Instant::now());
    loop {
        tokio::time::sleep(PROGRESS_EVERY.min(lease / 3)).await;
        let progress = context.pulse.progress();
        if progress == written && extended.elapsed() < LOOK_EVERY.min(lease / 3) {
            continue;
        }
        match extend(context, lease, progress).await {
            Ok(Some(false)) => (written, extended) = (progress, Instant::now()),
            Ok(Some(true)) => context.pulse.cancel(),
            Ok(None) => context.pulse.lose(),
            Err(error) => tracing::warn!(job.id = %context.job.id, error = ?error, "a heartbeat failed; trying again"),
        }
    }
}

async fn extend(context: &JobContext, lease: Duration, progress: i32) -> Result<Option<bool>> {
    let services = &context.services;
    let tx = services.db.system_write().await?;
    let until = services.clock.now_ms() + i64::try_from(lease.as_millis()).unwrap_or(i64::MAX / 2);
    let verdict = context.lease.extend(&*tx, until, progress).await?;
    if verdict.is_some() {
        crate::sources::show_progress(&tx, &context.job, progress, context.pulse.rows()).await?;
        tx.commit().await?;
    }
    Ok(verdict)
}

async fn settle(context: &JobContext, outcome: JobResult) -> Result<()> {
    let (job, lease, now) = (&context.job, context.lease, context.services.clock.now_ms());
    let error = match outcome {
        Ok(Outcome::Closed) | Err(JobError::LeaseLost) => return Ok(()),
        Ok(Outcome::Finished) => {
            let tx = context.services.db.system_write().await?;
            lease.finish(&*tx, now).await?;
            return tx.commit().await;
        }
        Err(error) => error,
    };
    tracing::warn!(job.id = %job.id, job.kind = %job.kind, job.attempts = job.attempts, error = ?error, "a job did not finish");
    let tx = context.services.db.system_write().await?;
    match error {
        JobError::Stopping => lease.give_back(&*tx, now).await?,
        JobError::Cancelled => lease.end(&*tx, JobState::Cancelled, None, now).await? && super::cancel_job::after_cancel(&tx, job, now).await?,
        JobError::Retry(error) if job.attempts < job.max_attempts => lease.retry_at(&*tx, now + pause(context), in_words(error)).await?,
        JobError::Retry(error) => bury(&tx, context, in_words(error)).await?,
        JobError::Fail(sentence) => bury(&tx, context, sentence).await?,
        JobError::LeaseLost => false,
    };
    tx.commit().await
}

/// What a person reads of an error; its cause goes to the log.
fn in_words(error: ServiceError) -> String {
    match error {
        ServiceError::App(error) => error.message,
        internal => {
            let _logged = internal.into_app();
            "something went wrong on our side; the server's log has the cause, and the work can be tried again".to_owned()
        }
    }
}

/// Ends a job as dead and tells whoever waits for it.
async fn bury(tx: &crate::db::Tx, context: &JobContext, sentence: String) -> Result<bool> {
    let now = context.services.clock.now_ms();
    if !context.lease.end(&**tx, JobState::Dead, Some(sentence.clone()), now).await? {
        return Ok(false);
    }
    crate::sources::mark_failed(tx, &context.job, &sentence, now).await?;
    if let (Some(merchant), Some(upload)) = (context.job.merchant_id, payload_id(&context.job, "upload_id")) {
        crate::sources::tell(tx, &context.services, MerchantId(merchant), upload).await?;
    }
    Ok(true)
}

/// Two seconds, doubled with each attempt up to ten minutes, times 0.5 to 1.5 so that jobs that failed together do not return together.
fn pause(context: &JobContext) -> i64 {
    let doubled = 2_000_i64.saturating_mul(1 << context.job.attempts.clamp(0, 20)).min(LONGEST_PAUSE_MS);
    let mut byte = [0_u8];
    context.services.random.fill(&mut byte);
    doubled / 2 + doubled * i64::from(byte[0]) / 255
}
