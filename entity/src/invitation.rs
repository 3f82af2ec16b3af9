//! A link that lets one address join a shop.

use domain::ids::{InvitationId, MerchantId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A link that lets one address join a shop.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    /// `domain::Role::as_str`.
    pub role: String,
    pub token_hash: Vec<u8>,
    pub invited_by: Uuid,
    pub created_at: i64,
    pub expires_at: i64,
    pub accepted_at: Option<i64>,
    pub revoked_at: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's invitations.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: InvitationId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's invitations.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's invitations.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}

/// The invitations of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}

/// Changes to invitations of all merchants, in a system transaction.
pub fn update_everywhere() -> UpdateMany<Entity> {
    Entity::update_many()
}

/// Removes invitations of all merchants, in a system transaction.
pub fn delete_everywhere() -> DeleteMany<Entity> {
    Entity::delete_many()
}
