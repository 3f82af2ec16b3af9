//! Where facts come from: one vendor's export, one till's file shape.

use domain::ids::{MerchantId, SourceId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// Where facts come from: one vendor's export, one till's file shape.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// What the file shape is recognised by; once per merchant.
    pub key: String,
    pub name: String,
    pub vendor: Option<String>,
    /// `domain::sources::Channel::code`.
    pub channel: i16,
    /// JSON of the mapping a person confirmed for this header.
    pub mapping: Option<String>,
    pub created_at: i64,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's sources.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: SourceId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's sources.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's sources.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
