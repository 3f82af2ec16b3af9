//! Trying a dead job again.

use super::list_jobs::{own_job, summary};
use super::rows;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use domain::ids::JobId;
use domain::jobs::{JobState, JobSummary};
use domain::{AppError, Permission};
use entity::job::Column;
use sea_orm::sea_query::Expr;

/// Puts a dead or cancelled job back into the queue with all its attempts.
pub async fn retry_job(services: &Services, actor: &Actor, id: JobId) -> Result<JobSummary> {
    actor.require(Permission::ManageJobs)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let job = own_job(&tx, actor, id).await?;
    if !matches!(JobState::parse(&job.state), Some(JobState::Dead | JobState::Cancelled)) {
        return Err(AppError::conflict("only a job that failed or was cancelled can be tried again").into());
    }
    crate::sources::mark_queued(&tx, &job).await?;
    let now = services.clock.now_ms();
    rows::change(job.id)
        .col_expr(Column::State, Expr::value(JobState::Queued.as_str()))
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::Progress, Expr::value(0))
        .col_expr(Column::CancelRequested, Expr::value(false))
        .col_expr(Column::FinishedAt, Expr::value(Option::<i64>::None))
        .exec(&*tx)
        .await?;
    let job = own_job(&tx, actor, id).await?;
    tx.commit().await?;
    services.wake_workers();
    Ok(summary(job))
}
