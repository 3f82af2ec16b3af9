//! Something that matters for the safety of a shop, and who did it.

use domain::ids::MerchantId;
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// Something that matters for the safety of a shop, and who did it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub address: String,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's audit events.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Changes to a merchant's audit events.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's audit events.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
