//! A month whose orders a version of a shop's data touched; the month 0 stands for a version that touched none.

use domain::ids::MerchantId;
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// A month whose orders a version of a shop's data touched; the month 0 stands for a version that touched none.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "changed_months")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub data_version: i64,
    /// yyyymm.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    /// `merchants.data_changed_at` of that version: tells versions of one number apart after a database was restored.
    pub changed_at: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What versions of a merchant's data touched.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes what versions of a merchant's data touched.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
