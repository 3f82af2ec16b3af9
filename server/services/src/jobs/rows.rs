//! The rows of the jobs table that its states and leases speak of.

use domain::jobs::JobState;
use entity::job::{Column, Entity};
use sea_orm::{ColumnTrait, Condition, QueryFilter, Select, UpdateMany};
use uuid::Uuid;

/// Jobs that a worker may claim now: queued and due, or running under a lease that has run out.
pub(super) fn due(now: i64) -> Select<Entity> {
    let waiting = Condition::all().add(Column::State.eq(JobState::Queued.as_str())).add(Column::RunAt.lte(now));
    let abandoned = Condition::all().add(Column::State.eq(JobState::Running.as_str())).add(Column::LeaseUntil.lt(now));
    entity::job::everywhere().filter(Condition::any().add(waiting).add(abandoned))
}

/// The job that waits or runs under a dedup key.
pub(super) fn live_with_key(key: &str) -> Select<Entity> {
    entity::job::everywhere().filter(Column::DedupKey.eq(key)).filter(Column::State.is_in([JobState::Queued.as_str(), JobState::Running.as_str()]))
}

fn held_by(id: Uuid, token: Uuid) -> Condition {
    Condition::all().add(Column::Id.eq(id)).add(Column::LeaseToken.eq(token)).add(Column::State.eq(JobState::Running.as_str()))
}

/// A job as long as the token's lease stands.
pub(super) fn held_row(id: Uuid, token: Uuid) -> Select<Entity> {
    entity::job::everywhere().filter(held_by(id, token))
}

/// A change to a job that happens only while the token's lease stands.
pub(super) fn change_held(id: Uuid, token: Uuid) -> UpdateMany<Entity> {
    entity::job::update_everywhere().filter(held_by(id, token))
}

/// A change to a job that happens only in a state.
pub(super) fn change_while(id: Uuid, state: JobState) -> UpdateMany<Entity> {
    change(id).filter(Column::State.eq(state.as_str()))
}

/// A change to a job.
pub(super) fn change(id: Uuid) -> UpdateMany<Entity> {
    entity::job::update_everywhere().filter(Column::Id.eq(id))
}
