//! Stopping a job: at once while it waits, at its next look around while it runs.

use super::list_jobs::{own_job, summary};
use super::rows;
use crate::actor::Actor;
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use domain::ids::JobId;
use domain::jobs::{JobState, JobSummary};
use domain::{AppError, Permission};
use entity::job::Column;
use sea_orm::sea_query::Expr;

/// What cancelling did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cancellation {
    /// The job waited and will not run.
    AtOnce,
    /// The job runs and has been asked to stop.
    Asked,
    /// The job had ended already.
    TooLate,
}

/// Cancels a job that waits or runs.
pub async fn cancel_job(services: &Services, actor: &Actor, id: JobId) -> Result<JobSummary> {
    actor.require(Permission::ManageJobs)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let job = own_job(&tx, actor, id).await?;
    if cancel_in(&tx, &job, services.clock.now_ms()).await? == Cancellation::TooLate {
        return Err(AppError::conflict("this job has ended already; there is nothing to cancel").into());
    }
    let job = own_job(&tx, actor, id).await?;
    tx.commit().await?;
    Ok(summary(job))
}

/// Cancels within the caller's transaction.
pub(crate) async fn cancel_in(tx: &Tx, job: &entity::job::Model, now: i64) -> Result<Cancellation> {
    let stopped = rows::change_while(job.id, JobState::Queued)
        .col_expr(Column::State, Expr::value(JobState::Cancelled.as_str()))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .exec(&**tx)
        .await?;
    if stopped.rows_affected == 1 {
        after_cancel(tx, job, now).await?;
        return Ok(Cancellation::AtOnce);
    }
    let asked = rows::change_while(job.id, JobState::Running).col_expr(Column::CancelRequested, Expr::value(true)).exec(&**tx).await?.rows_affected;
    Ok(if asked == 1 { Cancellation::Asked } else { Cancellation::TooLate })
}

/// What a cancelled job leaves behind is put in order.
pub(super) async fn after_cancel(tx: &Tx, job: &entity::job::Model, now: i64) -> Result<bool> {
    crate::sources::mark_undone(tx, job, now).await?;
    Ok(true)
}
