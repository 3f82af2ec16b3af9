//! A board that somebody marked.

use domain::ids::{MerchantId, UserId};
use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// A board that somebody marked.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_favourites")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merchant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    /// `domain::dashboards::BoardKey` as text.
    pub board: String,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a person marked in a shop.
pub fn find(merchant: MerchantId, user: UserId) -> Select<Entity> {
    Entity::find().filter(Column::MerchantId.eq(merchant.0)).filter(Column::UserId.eq(user.0))
}

/// Takes marks of a person away.
pub fn delete(merchant: MerchantId, user: UserId) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::UserId.eq(user.0))
}

/// Takes everybody's marks of a board away.
pub fn delete_of_board(merchant: MerchantId, board: &str) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::MerchantId.eq(merchant.0)).filter(Column::Board.eq(board))
}
