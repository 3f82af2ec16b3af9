//! What runs in the background, for admins.

use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use domain::ids::JobId;
use domain::jobs::{JobState, JobSummary};
use domain::{AppError, Permission};
use entity::job::Column;
use sea_orm::{QueryOrder, QuerySelect};

const SHOWN: u64 = 200;

/// The shop's newest jobs.
pub async fn list_jobs(services: &Services, actor: &Actor) -> Result<Vec<JobSummary>> {
    actor.require(Permission::ManageJobs)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let jobs = entity::job::find(actor.merchant_id).order_by_desc(Column::CreatedAt).limit(SHOWN).all(&*tx).await?;
    Ok(jobs.into_iter().map(summary).collect())
}

/// The shop's job of an id, or "no such job": also when it is another shop's.
pub(super) async fn own_job(tx: &crate::db::Tx, actor: &Actor, id: JobId) -> Result<entity::job::Model> {
    let job = entity::job::by_id(actor.merchant_id, id).one(&**tx).await?;
    Ok(job.ok_or_else(|| AppError::not_found("job"))?)
}

pub(super) fn summary(job: entity::job::Model) -> JobSummary {
    JobSummary {
        id: JobId(job.id),
        state: JobState::parse(&job.state).unwrap_or(JobState::Dead),
        kind: job.kind,
        attempts: job.attempts,
        max_attempts: job.max_attempts,
        progress: job.progress,
        last_error: job.last_error,
        created_at: job.created_at,
        run_at: job.run_at,
        finished_at: job.finished_at,
    }
}
