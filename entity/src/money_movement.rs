//! Money that moved: a sale, fee, refund, payout or adjustment as a marketplace or a payment service tells.

use domain::ids::MerchantId;
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};
use serde::{Deserialize, Serialize};

/// Money that moved: a sale, fee, refund, payout or adjustment as a marketplace or a payment service tells.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "money_movements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: i32,
    /// The file's own id of the movement, else made of its content; once per source.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub upload_id: Uuid,
    /// `services` names it: `sale`, `fee`, `refund`, `payout`, `tax`, `shipping`, `adjustment`, `other`.
    pub kind: String,
    /// As the file spells it.
    pub transaction_type: Option<String>,
    pub occurred_at: i64,
    /// `domain::Day` in the merchant's zone.
    pub day: i32,
    /// yyyymm of `day`.
    pub month: i32,
    pub currency: String,
    /// Before fees.
    pub amount_minor: i64,
    /// Negative where it was taken off.
    pub fee_minor: Option<i64>,
    /// What it did to the balance.
    pub net_minor: i64,
    pub order_number: Option<String>,
    pub payout_id: Option<String>,
    pub product_id: Option<i64>,
    /// Thousandths.
    pub quantity_milli: Option<i64>,
    pub description: Option<String>,
    /// 16 bytes; equal means nothing changed.
    pub content_hash: Vec<u8>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's money movements.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Changes to a merchant's money movements.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's money movements.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
