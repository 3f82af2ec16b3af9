//! A file that a member brought, and what came of it.

use domain::ids::{MerchantId, UploadId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A file that a member brought, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `domain::sources::UploadStatus::as_str`.
    pub status: String,
    pub file_name: String,
    /// The file's name in the data folder; never made from the person's.
    pub stored_name: String,
    pub bytes: i64,
    pub sha256: Vec<u8>,
    pub source_id: Option<i32>,
    /// Asked for by the person.
    pub source_name: Option<String>,
    pub vendor: Option<String>,
    /// JSON of the mapping a person confirmed.
    pub mapping: Option<String>,
    /// JSON array of sentences.
    pub remarks: String,
    pub rows_total: i64,
    pub rows_accepted: i64,
    pub rows_rejected: i64,
    pub rows_duplicate: i64,
    pub orders_new: i64,
    pub orders_updated: i64,
    /// `domain::Day`.
    pub first_day: Option<i32>,
    pub last_day: Option<i32>,
    /// JSON array of `domain::Money`.
    pub net_sales: String,
    pub progress: i32,
    pub error: Option<String>,
    /// An e-mail address or a key's name.
    pub uploaded_by: String,
    pub job_id: Option<Uuid>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
    /// `domain::sources::FileKind::as_str`.
    pub kind: String,
    /// `domain::sources::UploadMode::as_str`.
    pub mode: String,
    /// JSON array of the cleaning steps.
    pub cleaning: String,
    /// JSON of the quality report.
    pub quality: Option<String>,
    /// The how-manieth upload it was whose facts the figures include; absent while they do not, or were stored before there was a history.
    pub sequence: Option<i64>,
    /// `orders` where they came as JSON by the API; else how the file came: `file`, `key_file`, `watched` or `command`.
    pub origin: String,
    /// The person who hears of it by mail: who brought it, or who made the key.
    pub user_id: Option<Uuid>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's uploads.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// One of them.
pub fn by_id(merchant: MerchantId, id: UploadId) -> Select<Entity> {
    find(merchant).filter(Column::Id.eq(id.0))
}

/// Changes to a merchant's uploads.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's uploads.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}

/// The uploads of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}
