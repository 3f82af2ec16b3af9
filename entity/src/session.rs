//! A signed-in device. Ended sessions stay until they are cleaned up, so that a reused token is noticed.

use domain::ids::{MerchantId, SessionId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A signed-in device. Ended sessions stay until they are cleaned up, so that a reused token is noticed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// SHA-256 of the newest refresh token's secret.
    pub refresh_hash: Vec<u8>,
    /// The one before, so that a page's parallel requests are told from a thief.
    pub previous_refresh_hash: Option<Vec<u8>>,
    /// When the newest one was given, or given again because the answer was lost.
    pub rotated_at: i64,
    pub user_agent: String,
    pub address: String,
    pub created_at: i64,
    /// Later than `rotated_at` once what was given then has been used.
    pub last_used_at: i64,
    pub expires_at: i64,
    pub ended_at: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's sessions.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: SessionId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's sessions.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's sessions.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}

/// The sessions of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}

/// Changes to sessions of all merchants, in a system transaction.
pub fn update_everywhere() -> UpdateMany<Entity> {
    Entity::update_many()
}

/// Removes sessions of all merchants, in a system transaction.
pub fn delete_everywhere() -> DeleteMany<Entity> {
    Entity::delete_many()
}
