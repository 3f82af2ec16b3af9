//! A board's secret, sealed: the newest generation signs, the one before it stands by until it ends.

use domain::ids::{EmbedId, MerchantId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A board's secret, sealed: the newest generation signs, the one before it stands by until it ends.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "embed_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub embed_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub generation: i32,
    /// Which key file sealed it.
    pub key_id: String,
    pub nonce: Vec<u8>,
    /// AES-256-GCM over the fields' JSON, bound to merchant, board and generation.
    pub sealed: Vec<u8>,
    pub set_at: i64,
    /// When it stops standing by; absent for the newest.
    pub ends_at: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The secrets of all of a merchant's boards.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// The secrets of one board.
pub fn of_embed(merchant: MerchantId, embed: EmbedId) -> Select<Entity> {
    find(merchant).filter(Column::EmbedId.eq(embed.0))
}

/// Changes to a merchant's secrets.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's secrets.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
