//! A piece of background work. A row without a merchant is the program's own.

use domain::ids::{JobId, MerchantId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A piece of background work. A row without a merchant is the program's own.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Option<i64>,
    pub kind: String,
    /// JSON with ids only.
    pub payload: String,
    /// `domain::jobs::JobState::as_str`.
    pub state: String,
    /// Greater runs first.
    pub priority: i16,
    /// At most one queued or running job has it.
    pub dedup_key: Option<String>,
    pub run_at: i64,
    pub attempts: i32,
    pub max_attempts: i32,
    /// Made anew by each claim; every write of a running job is fenced by it.
    pub lease_token: Option<Uuid>,
    pub lease_until: Option<i64>,
    pub progress: i32,
    pub cancel_requested: bool,
    pub last_error: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's jobs.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: JobId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's jobs.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's jobs.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}

/// The jobs of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}

/// Changes to jobs of all merchants, in a system transaction.
pub fn update_everywhere() -> UpdateMany<Entity> {
    Entity::update_many()
}

/// Removes jobs of all merchants, in a system transaction.
pub fn delete_everywhere() -> DeleteMany<Entity> {
    Entity::delete_many()
}
