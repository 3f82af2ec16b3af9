//! A moment at which a repeated job was asked for; its key makes it once among all servers.

use sea_orm::DeleteMany;
use sea_orm::entity::prelude::*;

/// A moment at which a repeated job was asked for; its key makes it once among all servers.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cron_slots")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: i64,
}

/// None: rows are joined by hand, always within one merchant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Removes slots of a repeated job that lie before another.
pub fn delete_before(name: &str, slot: i64) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::Name.eq(name)).filter(Column::Slot.lt(slot))
}
