//! The hourly broom: ended sessions, expired tokens, settled jobs and mails, files that nothing needs any more.

use super::{JobContext, JobError, JobResult, Outcome};
use crate::context::Services;
use crate::error::Result;
use domain::jobs::JobState;
use sea_orm::{ColumnTrait, Condition, QueryFilter};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const KEPT_DAYS: i64 = 30;

/// Removes what has ended.
pub(super) async fn clean_up(context: &JobContext) -> JobResult {
    let services = &context.services;
    remove_rows(services).await.map_err(JobError::retry)?;
    context.pulse.check()?;
    let removed = crate::sources::remove_old_files(services, context.pulse.clone()).await.map_err(JobError::retry)?;
    let columns = crate::analytics::sweep_columns(services).await.map_err(JobError::retry)?;
    tracing::info!(files.removed = removed + columns, "cleaned up");
    Ok(Outcome::Finished)
}

async fn remove_rows(services: &Services) -> Result<()> {
    use entity::{cron_slot, invitation, job, mail, password_reset, session};
    let now = services.clock.now_ms();
    let long_ago = now - KEPT_DAYS * DAY_MS;
    let tx = services.db.system_write().await?;
    let ended = Condition::any().add(session::Column::EndedAt.lt(long_ago)).add(session::Column::ExpiresAt.lt(long_ago));
    session::delete_everywhere().filter(ended).exec(&*tx).await?;
    invitation::delete_everywhere().filter(invitation::Column::ExpiresAt.lt(long_ago)).exec(&*tx).await?;
    password_reset::delete_expired(now - DAY_MS).exec(&*tx).await?;
    let settled = job::Column::State.is_in([JobState::Done.as_str(), JobState::Cancelled.as_str()]);
    job::delete_everywhere().filter(settled).filter(job::Column::FinishedAt.lt(long_ago)).exec(&*tx).await?;
    mail::delete_everywhere().filter(mail::Column::SentAt.lt(long_ago)).exec(&*tx).await?;
    cron_slot::delete_before("clean_up", long_ago / (DAY_MS / 24)).exec(&*tx).await?;
    tx.commit().await
}
