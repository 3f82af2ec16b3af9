//! An order that an upload named although it was there: what stood there before.

use domain::ids::MerchantId;
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// An order that an upload named although it was there: what stood there before.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "replaced_orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub external_id: String,
    /// Who named it again.
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: Uuid,
    /// Uploads in the order in which they were stored.
    pub sequence: i64,
    /// Who had brought what stood there.
    pub previous_upload_id: Uuid,
    /// JSON of the order and its lines as they were; absent where nothing changed.
    pub previous: Option<String>,
    /// 0 it took the order's place, 1 it only adds and left what was there, 2 it replaced the period and the order went, 3 some of its rows
    /// could not be read and it left what was there.
    pub way: i16,
    /// JSON of what it says of the order, where that differs and was left out.
    pub left_out: Option<String>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's replaced orders.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's replaced orders.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
