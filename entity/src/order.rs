//! An order with its totals, so that questions about whole orders read few rows.

use domain::ids::{MerchantId, OrderId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};
use serde::{Deserialize, Serialize};

/// An order with its totals, so that questions about whole orders read few rows.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub source_id: i32,
    pub external_id: String,
    pub upload_id: Uuid,
    pub occurred_at: i64,
    /// `domain::Day` in the merchant's zone.
    pub day: i32,
    /// yyyymm of `day`.
    pub month: i32,
    /// Merchant-local, 0 to 23.
    pub hour: i16,
    pub currency: String,
    pub country: Option<String>,
    pub city: Option<String>,
    /// Where it was sold, as its file tells it.
    pub store: Option<String>,
    pub customer_id: Option<i64>,
    /// `domain::sources::Channel::code`.
    pub channel: i16,
    pub stated_total_minor: Option<i64>,
    /// As its vendor states it, else the sum of its lines.
    pub total_minor: i64,
    pub net_minor: i64,
    /// Sum of what was sold, before discounts: the positive lines and their discounts.
    pub gross_minor: i64,
    /// Thousandths.
    pub units_milli: i64,
    /// Some line has a positive amount before discounts.
    pub is_sale: bool,
    pub line_count: i32,
    /// 16 bytes that do not depend on the order of lines; equal means nothing changed.
    pub content_hash: Vec<u8>,
    /// What the file states for the whole order; never part of its lines.
    pub shipping_minor: Option<i64>,
    pub tax_minor: Option<i64>,
    /// Sum of the lines' discounts, with what is off the whole order; null where the file tells nothing of it.
    pub discount_minor: Option<i64>,
    pub fee_minor: Option<i64>,
    /// Given back, as the order's own export tells; a line of its own lessens the order by it.
    pub refunded_minor: Option<i64>,
    pub discount_code: Option<String>,
    pub payment_method: Option<String>,
    pub is_test: bool,
    /// A store's total over a period: counts as sales, never as an order.
    pub is_aggregate: bool,
    /// What the order's export says was given back and became a line of its own, the order's last, as the file tells it; null where the export
    /// tells of nothing given back.
    pub given_back_minor: Option<i64>,
    /// Of a refund, the number of its order without a leading `#`.
    pub refund_of: Option<String>,
    /// What of its returns counts elsewhere, so that `net_minor` is so much more than its file tells; null where nothing does.
    pub told_twice_minor: Option<i64>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's orders.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: OrderId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's orders.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's orders.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
