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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use crate::config::ServicesConfig;
    use crate::jobs::{JobContext, JobError, JobKind, NewJob, enqueue};
    use crate::random::SystemRandom;
    use std::sync::Arc;

    const LEASE: Duration = Duration::from_secs(30);

    async fn services(folder: &std::path::Path) -> (Services, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::at(1_768_478_400_000));
        let config = ServicesConfig::embedded(folder);
        let services = Services::start_with(config, clock.clone(), Arc::new(SystemRandom)).await.expect("started");
        let tx = services.db.system_write().await.expect("a transaction");
        let payload = serde_json::json!({});
        let job = NewJob { merchant_id: None, kind: JobKind::CleanUp, payload, dedup_key: None, run_at: None, max_attempts: 3 };
        enqueue(&tx, &services, job).await.expect("enqueued");
        tx.commit().await.expect("committed");
        (services, clock)
    }

    fn context(services: &Services, claimed: Claimed) -> JobContext {
        JobContext { services: services.clone(), job: Arc::new(claimed.job), pulse: Arc::default(), lease: claimed.lease }
    }

    #[tokio::test]
    async fn a_job_under_a_lease_is_not_claimed_again_until_the_lease_has_run_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let (services, clock) = services(folder.path()).await;
        assert!(claim(&services, LEASE).await.expect("asked").is_some());
        clock.advance_ms(30_000);
        assert!(claim(&services, LEASE).await.expect("asked").is_none());
        clock.advance_ms(1);
        assert!(claim(&services, LEASE).await.expect("asked").is_some_and(|claimed| claimed.job.attempts == 2));
    }

    #[tokio::test]
    async fn a_worker_that_was_overtaken_writes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (services, clock) = services(folder.path()).await;
        let slow = context(&services, claim(&services, LEASE).await.expect("asked").expect("a job"));
        clock.advance_ms(30_001);
        let quick = context(&services, claim(&services, LEASE).await.expect("asked").expect("the job again"));

        let tx = services.db.system_write().await.expect("a transaction");
        assert!(matches!(slow.hold(&tx).await, Err(JobError::LeaseLost)));
        assert!(matches!(slow.close(&tx).await, Err(JobError::LeaseLost)));
        assert_eq!(slow.lease.extend(&*tx, i64::MAX, 50).await.expect("asked"), None);
        assert!(!slow.lease.end(&*tx, JobState::Dead, None, 0).await.expect("asked"));
        assert!(!slow.lease.give_back(&*tx, 0).await.expect("asked"));
        assert!(quick.hold(&tx).await.is_ok());
        assert!(quick.close(&tx).await.is_ok());
        assert!(matches!(quick.hold(&tx).await, Err(JobError::LeaseLost)), "a closed job is held by nobody");
    }
}
