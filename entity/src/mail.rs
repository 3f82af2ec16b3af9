//! The outbox. The body is blanked once the mail is sent.

use domain::ids::MerchantId;
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// The outbox. The body is blanked once the mail is sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Option<i64>,
    pub to_address: String,
    pub subject: String,
    pub body: String,
    /// `queued`, `sent` or `dead`.
    pub state: String,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    /// The upload whose rejected rows go with it as a file.
    pub issues_of: Option<Uuid>,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's mails.
pub fn find(merchant: MerchantId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0))
}

/// Changes to a merchant's mails.
pub fn update(merchant: MerchantId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0))
}

/// Removes some of a merchant's mails.
pub fn delete(merchant: MerchantId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0))
}

/// The mails of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}

/// Changes to mails of all merchants, in a system transaction.
pub fn update_everywhere() -> UpdateMany<Entity> {
    Entity::update_many()
}

/// Removes mails of all merchants, in a system transaction.
pub fn delete_everywhere() -> DeleteMany<Entity> {
    Entity::delete_many()
}
