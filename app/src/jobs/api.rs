//! Server functions of background work. Each says who asks, calls one use case, and answers.

use crate::wire::Answer;
use domain::AppError;
use domain::ids::JobId;
use domain::jobs::JobSummary;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::answer,
};
#[cfg(feature = "ssr")]
use services::jobs;

/// The shop's newest jobs.
#[server(prefix = "/api/fn", endpoint = "jobs/list", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_jobs() -> Result<Vec<JobSummary>, AppError> {
    let actor = actor()?;
    answer(jobs::list_jobs(&services(), &actor).await)
}

/// Runs a dead job again.
#[server(prefix = "/api/fn", endpoint = "jobs/retry", output = Answer)]
pub async fn retry_job(id: JobId) -> Result<JobSummary, AppError> {
    let actor = actor()?;
    answer(jobs::retry_job(&services(), &actor, id).await)
}

/// Stops a job that waits or runs.
#[server(prefix = "/api/fn", endpoint = "jobs/cancel", output = Answer)]
pub async fn cancel_job(id: JobId) -> Result<JobSummary, AppError> {
    let actor = actor()?;
    answer(jobs::cancel_job(&services(), &actor, id).await)
}
