//! A person who signs in. People stand above merchants: one person may belong to several.

use domain::ids::UserId;
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A person who signs in. People stand above merchants: one person may belong to several.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Lower-cased.
    pub email: String,
    /// PHC string of argon2id; anything else never matches a password.
    pub password_hash: String,
    pub created_at: i64,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One person.
pub fn by_id(id: UserId) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id.0))
}

/// The person with an address, which is lower-cased here as it was when it was stored.
pub fn by_email(email: &str) -> Select<Entity> {
    Entity::find().filter(Column::Email.eq(email.to_lowercase()))
}

/// Several persons.
pub fn by_ids(ids: impl IntoIterator<Item = Uuid>) -> Select<Entity> {
    Entity::find().filter(Column::Id.is_in(ids))
}

/// Changes to one person.
pub fn update(id: UserId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id.0))
}

/// Removes one person.
pub fn delete(id: UserId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::Id.eq(id.0))
}
