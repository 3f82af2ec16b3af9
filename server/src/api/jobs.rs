//! Background work.

use crate::extract::Path;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::ids::JobId;
use domain::jobs::JobSummary;
use services::{Services, jobs};

/// Lists the shop's jobs, newest first.
#[utoipa::path(get, path = "/api/v1/jobs", tag = "Jobs", responses((status = 200, body = Vec<JobSummary>)))]
pub(crate) async fn list_jobs(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Vec<JobSummary>>> {
    Ok(axum::Json(jobs::list_jobs(&services, &actor).await?))
}

/// Lets a dead job run again.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/retry", tag = "Jobs", params(("id" = JobId, Path)), responses((status = 200, body = JobSummary)))]
pub(crate) async fn retry_job(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<JobId>) -> Answer<axum::Json<JobSummary>> {
    Ok(axum::Json(jobs::retry_job(&services, &actor, id).await?))
}

/// Stops a job that waits or runs.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/cancel", tag = "Jobs", params(("id" = JobId, Path)), responses((status = 200, body = JobSummary)))]
pub(crate) async fn cancel_job(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<JobId>) -> Answer<axum::Json<JobSummary>> {
    Ok(axum::Json(jobs::cancel_job(&services, &actor, id).await?))
}
