//! What an upload says of a product or a customer; what the shop knows of them is all of it together.

use domain::ids::MerchantId;
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// What an upload says of a product or a customer; what the shop knows of them is all of it together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_claims")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    /// 1 a product, 2 a customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: Uuid,
    /// A large file is stored in parts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: i32,
    /// Uploads in the order in which they were stored.
    pub sequence: i64,
    pub name: Option<String>,
    /// When a product had that name.
    pub as_of: i64,
    pub external_id: Option<String>,
    pub country: Option<String>,
    /// JSON of all that a row of a products or customers file tells; absent where an order names it.
    pub fact: Option<String>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's claims.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's claims.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
