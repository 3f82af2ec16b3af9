//! A public link to a board.

use domain::ids::{LinkId, MerchantId};
use sea_orm::entity::prelude::*;
use sea_orm::{DeleteMany, UpdateMany};

/// A public link to a board.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `domain::dashboards::BoardKey` as text.
    pub board: String,
    pub name: String,
    /// The days, comparison and filters it shows, as a query string.
    pub view: String,
    /// SHA-256 of the whole token.
    pub secret_hash: Vec<u8>,
    pub created_by: Uuid,
    pub created_at: i64,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
    pub last_used_at: Option<i64>,
    pub uses: i64,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A merchant's links to one board.
pub fn find(merchant: MerchantId, board: &str) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Board.eq(board))
}

/// One of a merchant's links.
pub fn by_id(merchant: MerchantId, id: LinkId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Id.eq(id.0))
}

/// Changes to one of a merchant's links.
pub fn update(merchant: MerchantId, id: LinkId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Id.eq(id.0))
}

/// Removes a merchant's links to one board.
pub fn delete_of_board(merchant: MerchantId, board: &str) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Board.eq(board))
}

/// The links of all merchants; only system transactions see them.
pub fn everywhere() -> Select<Entity> {
    Entity::find()
}
