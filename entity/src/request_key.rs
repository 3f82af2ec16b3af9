//! A key under which a request may be sent twice, and the upload that came of it.

use domain::ids::MerchantId;
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// A key under which a request may be sent twice, and the upload that came of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "request_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What was sent with it.
    pub body_hash: Vec<u8>,
    pub upload_id: Uuid,
    pub created_at: i64,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's keys of requests.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's keys of requests.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
