//! One line of an order, with all that questions split by. An order's lines are found by merchant, day and order.

use domain::ids::{MerchantId, OrderId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};
use serde::{Deserialize, Serialize};

/// One line of an order, with all that questions split by. An order's lines are found by merchant, day and order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "order_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    /// `domain::Day` in the merchant's zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    /// yyyymm of `day`.
    pub month: i32,
    /// Merchant-local, 0 to 23.
    pub hour: i16,
    pub source_id: i32,
    /// `domain::sources::Channel::code`.
    pub channel: i16,
    pub product_id: Option<i64>,
    pub customer_id: Option<i64>,
    pub currency: String,
    pub country: Option<String>,
    /// That of its order.
    pub store: Option<String>,
    /// Thousandths; negative for returns.
    pub quantity_milli: i64,
    pub unit_price_minor: Option<i64>,
    /// With its discount off.
    pub amount_minor: i64,
    /// What is off the amount of a sale; null where the file tells nothing of it, and on what was given back.
    pub discount_minor: Option<i64>,
    /// Of an order that is a store's total over a period.
    pub is_aggregate: bool,
    /// The amount as the file tells it, where less counts because another file tells the same refund.
    pub told_minor: Option<i64>,
    /// The pieces likewise.
    pub told_quantity_milli: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's order lines.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Those of one order, which lie on its day.
pub fn of_order(merchant: MerchantId, day: domain::Day, order: OrderId) -> Select<Entity> {
    find(merchant).filter(Column::Day.eq(day.0)).filter(Column::OrderId.eq(order.0))
}

/// Changes to a merchant's order lines.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's order lines.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
