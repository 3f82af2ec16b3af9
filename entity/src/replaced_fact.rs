//! A fact that an upload told although it was there: what stood there before. As `replaced_orders`, for facts that are no orders.

use domain::ids::MerchantId;
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// A fact that an upload told although it was there: what stood there before.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "replaced_facts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    /// 3 stock, 4 a movement of money, 5 a day of advertising.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: i32,
    /// The fact's own key within its source.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Who told it again.
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: Uuid,
    /// Uploads in the order in which they were stored.
    pub sequence: i64,
    /// Who had brought what stood there.
    pub previous_upload_id: Uuid,
    /// JSON of the row as it was; absent where nothing changed.
    pub previous: Option<String>,
    /// 0 it took the fact's place, 1 it only adds and left what was there, 2 it replaced the period and the fact went.
    pub way: i16,
    /// JSON of what it says of the fact, where that differs and was left out.
    pub left_out: Option<String>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's replaced facts.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's replaced facts.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
