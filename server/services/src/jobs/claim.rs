//! Taking the next job: one worker gets it, with a fresh lease token.

use super::lease::Lease;
use super::rows;
use crate::context::Services;
use crate::error::Result;
use domain::jobs::JobState;
use entity::job::Column;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use std::time::Duration;
use uuid::Uuid;

/// A job that this worker may run.
pub(crate) struct Claimed {
    /// The row as it was when claimed, with the attempt counted.
    pub(crate) job: entity::job::Model,
    /// The right to write for it.
    pub(crate) lease: Lease,
}

/// Claims the most urgent due job, or `None`. A running job whose lease has run out is due again.
pub(crate) async fn claim(services: &Services, lease: Duration) -> Result<Option<Claimed>> {
    let now = services.clock.now_ms();
    // Idle workers look every second: a read first, so that they do not queue for SQLite's one writer.
    let looked = services.db.system_read().await?;
    if rows::due(now).select_only().column(Column::Id).into_tuple::<Uuid>().one(&*looked).await?.is_none() {
        return Ok(None);
    }
    drop(looked);
    take(services, lease, |due| due.order_by_desc(Column::Priority).order_by_asc(Column::RunAt).order_by_asc(Column::Id)).await
}

/// Claims one particular job when it is due.
pub(crate) async fn claim_one(services: &Services, id: Uuid, lease: Duration) -> Result<Option<Claimed>> {
    take(services, lease, |due| due.filter(Column::Id.eq(id))).await
}

type Due = sea_orm::Select<entity::job::Entity>;

async fn take(services: &Services, lease: Duration, choose: impl FnOnce(Due) -> Due) -> Result<Option<Claimed>> {
    let now = services.clock.now_ms();
    let token = services.random.uuid_v7(now);
    let tx = services.db.system_write().await?;
    let Some(mut job) = choose(rows::due(now)).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(&*tx).await? else {
        return Ok(None);
    };
    let until = now + i64::try_from(lease.as_millis()).unwrap_or(i64::MAX / 2);
    job.attempts += 1;
    rows::change(job.id)
        .col_expr(Column::State, Expr::value(JobState::Running.as_str()))
        .col_expr(Column::LeaseToken, Expr::value(token))
        .col_expr(Column::LeaseUntil, Expr::value(until))
        .col_expr(Column::Attempts, Expr::value(job.attempts))
        .exec(&*tx)
        .await?;
    tx.commit().await?;
    let lease = Lease { job_id: job.id, token };
    Ok(Some(Claimed { job, lease }))
}
