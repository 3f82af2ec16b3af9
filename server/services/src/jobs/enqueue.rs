//! Asking for background work, in the transaction of the change that needs it.

use super::{JobKind, rows};
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use domain::ids::{JobId, MerchantId};
use domain::jobs::JobState;
use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait, QuerySelect};

/// A job to be enqueued. The payload carries ids only: what they mean is read when the job runs.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Whose work it is; `None` is the program's own.
    pub merchant_id: Option<MerchantId>,
    /// What to do.
    pub kind: JobKind,
    /// Ids, as JSON.
    pub payload: serde_json::Value,
    /// While a job with this key waits or runs, no second one is made.
    pub dedup_key: Option<String>,
    /// Not before this instant; `None` is at once.
    pub run_at: Option<i64>,
    /// After so many tries it is dead.
    pub max_attempts: i32,
}

/// Puts a job into the table with the caller's transaction; call `services.wake_workers()` after its commit.
///
/// When the dedup key is taken by a job that waits or runs, that job's id is returned and nothing is added.
pub async fn enqueue(tx: &Tx, services: &Services, new: NewJob) -> Result<JobId> {
    if let Some(key) = &new.dedup_key
        && let Some(id) = rows::live_with_key(key).select_only().column(entity::job::Column::Id).into_tuple::<uuid::Uuid>().one(&**tx).await?
    {
        return Ok(JobId(id));
    }
    let now = services.clock.now_ms();
    let id = services.random.uuid_v7(now);
    let job = entity::job::ActiveModel {
        id: Set(id),
        merchant_id: Set(new.merchant_id.map(|merchant| merchant.0)),
        kind: Set(new.kind.as_str().to_owned()),
        payload: Set(new.payload.to_string()),
        state: Set(JobState::Queued.as_str().to_owned()),
        priority: Set(new.kind.priority()),
        dedup_key: Set(new.dedup_key),
        run_at: Set(new.run_at.unwrap_or(now)),
        attempts: Set(0),
        max_attempts: Set(new.max_attempts),
        lease_token: Set(None),
        lease_until: Set(None),
        progress: Set(0),
        cancel_requested: Set(false),
        last_error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    };
    entity::job::Entity::insert(job).exec_without_returning(&**tx).await?;
    Ok(JobId(id))
}
