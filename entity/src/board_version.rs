//! An earlier state of a board.

use domain::ids::{BoardId, MerchantId};
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// An earlier state of a board.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub board_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub title: String,
    pub description: String,
    /// JSON list of `domain::dashboards::BoardCard`.
    pub cards: String,
    pub saved_at: i64,
    /// An e-mail address or a key's name.
    pub saved_by: String,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A board's versions.
pub fn find(merchant: MerchantId, board: BoardId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0)).filter(Column::BoardId.eq(board.0))
}

/// Removes some of a board's versions.
pub fn delete(merchant: MerchantId, board: BoardId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::BoardId.eq(board.0))
}
