//! Workers: tasks that take jobs as long as the program runs.

use super::claim::claim;
use super::{Pulse, cron, rows, run};
use crate::context::Services;
use crate::error::Result;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const LOOK_EVERY: Duration = Duration::from_secs(1);
const CRON_EVERY: Duration = Duration::from_secs(20);
/// How long a job that was told to stop may take to do so.
const LAST_MOMENT: Duration = Duration::from_secs(2);

/// How workers run.
#[derive(Clone, Copy, Debug)]
pub struct WorkerOptions {
    /// How many jobs at once.
    pub tasks: usize,
    /// How long a job belongs to a worker that gives no sign of life.
    pub lease: Duration,
    /// Whether the clock's work is enqueued too.
    pub cron: bool,
}

impl WorkerOptions {
    /// As many tasks as configured, leases of 30 s.
    pub fn of(services: &Services) -> Self {
        Self { tasks: services.config.worker_threads.max(1), lease: super::LEASE, cron: true }
    }
}

/// Starts workers in this process.
pub struct Worker;

/// Running workers; dropping it lets them run on.
pub struct WorkerHandle {
    services: Services,
    stopping: CancellationToken,
    tasks: TaskTracker,
    running: Running,
}

/// The pulses of the jobs that run now.
type Running = Arc<Mutex<Vec<Arc<Pulse>>>>;

impl Worker {
    /// Starts as many workers as configured.
    pub fn start(services: Services) -> WorkerHandle {
        let options = WorkerOptions::of(&services);
        Self::start_with(services, options)
    }

    /// Starts workers with options of one's own.
    pub fn start_with(services: Services, options: WorkerOptions) -> WorkerHandle {
        let handle = WorkerHandle { services, stopping: CancellationToken::new(), tasks: TaskTracker::new(), running: Running::default() };
        for _ in 0..options.tasks {
            let (services, stopping, running) = (handle.services.clone(), handle.stopping.clone(), handle.running.clone());
            handle.tasks.spawn(take_jobs(services, options.lease, stopping, running));
        }
        if options.cron {
            handle.tasks.spawn(keep_time(handle.services.clone(), handle.stopping.clone()));
        }
        handle.tasks.close();
        handle
    }
}

impl WorkerHandle {
    /// Takes no new job, waits for the running ones up to `grace`, then tells them to stop and gives their leases back.
    pub async fn stop(self, grace: Duration) {
        self.stopping.cancel();
        if tokio::time::timeout(grace, self.tasks.wait()).await.is_ok() {
            return;
        }
        for pulse in self.running.lock().expect("nobody panics while holding the list").iter() {
            pulse.stop();
        }
        if tokio::time::timeout(LAST_MOMENT, self.tasks.wait()).await.is_err() {
            tracing::warn!("a job did not stop in time; its lease will run out and another worker will take it");
        }
    }
}

async fn take_jobs(services: Services, lease: Duration, stopping: CancellationToken, running: Running) {
    while !stopping.is_cancelled() {
        match take_one(&services, lease, &running).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = ?error, "looking for jobs failed; trying again in a second"),
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = services.job_wake.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn take_one(services: &Services, lease: Duration, running: &Running) -> Result<bool> {
    let Some(claimed) = claim(services, lease).await? else {
        return Ok(false);
    };
    let pulse = Arc::<Pulse>::default();
    running.lock().expect("nobody panics while holding the list").push(pulse.clone());
    run::run(services, claimed, pulse.clone(), lease).await;
    running.lock().expect("nobody panics while holding the list").retain(|other| !Arc::ptr_eq(other, &pulse));
    Ok(true)
}

async fn keep_time(services: Services, stopping: CancellationToken) {
    let mut seen = cron::Seen::default();
    while !stopping.is_cancelled() {
        match cron::tick(&services, &mut seen).await {
            Ok(0) => {}
            Ok(_) => services.wake_workers(),
            Err(error) => tracing::warn!(error = ?error, "the clock's work could not be enqueued; trying again"),
        }
        match queue_depth(&services).await {
            Ok(depth) => metrics::gauge!("job_queue_depth").set(depth as f64),
            Err(error) => tracing::warn!(error = ?error, "the queue could not be counted"),
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = tokio::time::sleep(CRON_EVERY) => {}
        }
    }
}

async fn queue_depth(services: &Services) -> Result<u64> {
    use sea_orm::PaginatorTrait;
    let tx = services.db.system_read().await?;
    Ok(rows::due(services.clock.now_ms()).count(&*tx).await?)
}
