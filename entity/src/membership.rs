//! Who belongs to which shop, and as what.

use domain::ids::{MerchantId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// Who belongs to which shop, and as what.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// `domain::Role::as_str`.
    pub role: String,
    pub joined_at: i64,
    /// The store that the member belongs to, for what boards show them.
    pub store: Option<String>,
    /// `domain::accounts::UploadNotices::as_str`.
    pub upload_notices: String,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's memberships.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// A person's membership in a shop.
pub fn by_id(merchant: MerchantId, user: UserId) -> Select<Entity> {
    find(merchant).filter(Column::UserId.eq(user.0))
}

/// Changes to a merchant's memberships.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's memberships.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}

/// The memberships of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}
