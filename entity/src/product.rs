//! A product, known by its code or else by its title.

use domain::ids::{MerchantId, ProductId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A product, known by its code or else by its title.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// `sku:<sku>` or `title:<lower-cased title>`; once per merchant.
    pub key: String,
    pub sku: Option<String>,
    pub title: String,
    /// The newest order that named it so; ties go to the greater text, so that the order of files does not matter.
    pub title_as_of: i64,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub barcode: Option<String>,
    /// In `currency`.
    pub price_minor: Option<i64>,
    pub compare_at_minor: Option<i64>,
    pub cost_minor: Option<i64>,
    pub currency: Option<String>,
    /// What the variants of one product share.
    pub handle: Option<String>,
    pub variant: Option<String>,
    pub status: Option<String>,
    /// False for postage, samples, fees and the like: in the totals, not in rankings.
    pub is_product: bool,
    /// The upload that wrote the row's present state.
    pub upload_id: Option<Uuid>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's products.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: ProductId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's products.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's products.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
