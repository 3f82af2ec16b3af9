//! A row of an upload that could not be read, as it came.

use domain::ids::{MerchantId, UploadId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A row of an upload that could not be read, as it came.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload_issues")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i64,
    pub column_name: Option<String>,
    pub reason: String,
    pub raw: String,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's rejected rows.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Those of one upload.
pub fn of_upload(merchant: MerchantId, upload: UploadId) -> Select<Entity> {
    find(merchant).filter(Column::UploadId.eq(upload.0))
}

/// Changes to a merchant's rejected rows.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's rejected rows.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}
