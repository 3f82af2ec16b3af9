//! What advertising cost on a day, by campaign.

use domain::ids::MerchantId;
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What advertising cost on a day, by campaign.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "ad_spend")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: i32,
    /// `domain::Day`, as the advertiser's platform counts them.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Empty where the file names none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub campaign: String,
    /// Empty where the file names none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ad_group: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: String,
    pub upload_id: Uuid,
    /// yyyymm of `day`.
    pub month: i32,
    pub spend_minor: i64,
    pub impressions: Option<i64>,
    pub clicks: Option<i64>,
    /// Thousandths.
    pub conversions_milli: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's days of advertising.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's days of advertising.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
