//! Another tool's board, and who sees it.

use domain::ids::{EmbedId, MerchantId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// Another tool's board, and who sees it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "embeds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    pub description: String,
    /// The group it stands in.
    pub heading: String,
    pub icon: String,
    /// `domain::embeds::EmbedTool::as_str`.
    pub tool: String,
    /// Without any token.
    pub url: String,
    /// `scheme://host[:port]` of the address.
    pub origin: String,
    /// JSON of `domain::embeds::SignableResource`.
    pub resource: Option<String>,
    /// JSON list of roles.
    pub roles: String,
    /// JSON list of people.
    pub members: String,
    /// JSON list of `domain::embeds::LockedParameter`.
    pub locked: String,
    /// JSON of `domain::embeds::DateParameters`.
    pub dates: Option<String>,
    /// JSON of `domain::embeds::EmbedHeight`.
    pub height: String,
    pub enabled: bool,
    pub is_start: bool,
    pub position: i32,
    pub last_checked_at: Option<i64>,
    /// JSON list of `domain::embeds::CheckStep`.
    pub last_check: String,
    pub created_at: i64,
    pub updated_at: i64,
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
pub fn by_id(merchant: MerchantId, id: EmbedId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's boards.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's boards.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
