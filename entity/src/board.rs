//! A board that somebody of the shop made.

use domain::ids::{BoardId, MerchantId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A board that somebody of the shop made.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "boards")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    pub description: String,
    /// JSON list of `domain::dashboards::BoardCard`.
    pub cards: String,
    /// Grows by one with each saving.
    pub version: i64,
    pub is_archived: bool,
    pub created_at: i64,
    pub updated_at: i64,
    /// An e-mail address or a key's name.
    pub updated_by: String,
    /// JSON list of the roles that see it; absent where all do.
    pub roles: Option<String>,
    /// Who made it, and sees it in any case; absent for a key.
    pub author: Option<Uuid>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's boards.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: BoardId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to one of a merchant's boards.
pub fn update(merchant: MerchantId, id: BoardId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Id.eq(id.0))
}

/// Removes one of a merchant's boards.
pub fn delete(merchant: MerchantId, id: BoardId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Id.eq(id.0))
}
