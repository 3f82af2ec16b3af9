//! A key with which a program calls the JSON API.

use domain::ids::{ApiKeyId, MerchantId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A key with which a program calls the JSON API.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// `domain::Role::as_str`; never above what its maker may do now.
    pub role: String,
    /// The first characters, to tell keys apart.
    pub prefix: String,
    /// SHA-256 of the whole key.
    pub secret_hash: Vec<u8>,
    pub created_by: Uuid,
    pub created_at: i64,
    pub last_used_at: Option<i64>,
    pub revoked_at: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's keys.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: ApiKeyId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's keys.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's keys.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}

/// The keys of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}
