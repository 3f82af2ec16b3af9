//! A shop: the unit of tenancy, with its settings and the counters its facts take their ids from.

use domain::ids::MerchantId;
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A shop: the unit of tenancy, with its settings and the counters its facts take their ids from.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "merchants")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub currency: String,
    /// IANA name.
    pub time_zone: String,
    /// ISO weekday, 1 is Monday.
    pub week_start: i16,
    /// Month in which fiscal years begin, 1 is January.
    pub fiscal_year_start: i16,
    pub is_demo: bool,
    /// Grows in every transaction that changes facts, currency, time zone, week or fiscal year; part of every cache key.
    pub data_version: i64,
    /// When facts last changed, in milliseconds.
    pub data_changed_at: Option<i64>,
    /// The id the next source gets; advanced inside the transaction that makes it.
    pub next_source_id: i32,
    pub next_product_id: i64,
    pub next_customer_id: i64,
    pub next_order_id: i64,
    pub created_at: i64,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One shop.
pub fn by_id(id: MerchantId) -> Select<Entity> {
    everywhere().filter(Column::Id.eq(id.0))
}

/// All shops; only system transactions see more than one.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}

/// Changes to one shop.
pub fn update(id: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id.0))
}

/// Removes one shop and, by its foreign keys, all but its facts.
pub fn delete(id: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::Id.eq(id.0))
}
