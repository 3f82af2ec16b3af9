//! A sentence that somebody wrote about some days.

use domain::ids::{AnnotationId, MerchantId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, DeleteMany, UpdateMany};

/// A sentence that somebody wrote about some days.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "annotations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `domain::Day`.
    pub first_day: i32,
    pub last_day: i32,
    pub body: String,
    /// Whether everybody in the shop sees it, or only its author.
    pub is_shared: bool,
    /// Its author; absent where a key wrote it.
    pub user_id: Option<Uuid>,
    /// An e-mail address or a key's name.
    pub written_by: String,
    pub created_at: i64,
    pub updated_at: i64,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's annotations.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Those of a merchant that a person may see: what is shared, and their own.
pub fn visible(merchant: MerchantId, user: Option<UserId>) -> Select<Entity> {
    let seen = Condition::any().add(Column::IsShared.eq(true));
    let seen = match user {
        Some(user) => seen.add(Column::UserId.eq(user.0)),
        None => seen,
    };
    find(merchant).filter(seen)
}

/// Changes to one of a merchant's annotations.
pub fn update(merchant: MerchantId, id: AnnotationId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Id.eq(id.0))
}

/// Removes one of a merchant's annotations.
pub fn delete(merchant: MerchantId, id: AnnotationId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Id.eq(id.0))
}
