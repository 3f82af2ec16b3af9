//! A link that sets a new password once.

use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A link that sets a new password once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "password_resets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub user_id: Uuid,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The reset that a link's token stands for.
pub fn by_token_hash(hash: &[u8]) -> Select<Entity> {
    Entity::find().filter(Column::TokenHash.eq(hash))
}

/// Changes to the reset that a token stands for.
pub fn update(hash: &[u8]) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::TokenHash.eq(hash))
}

/// Removes a person's resets.
pub fn delete_of_user(user: domain::ids::UserId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::UserId.eq(user.0))
}

/// Removes resets that ended before an instant.
pub fn delete_expired(before: i64) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::ExpiresAt.lt(before))
}
