//! The source that a file's orders belong to.

use crate::db::Tx;
use crate::error::Result;
use domain::ids::MerchantId;
use domain::sources::{Channel, Mapping};
use entity::source::{ActiveModel, Column};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// What a file says of its source.
#[derive(Clone, Debug)]
pub(crate) struct NewSource {
    /// What the source is known by within its shop.
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) vendor: Option<String>,
    pub(crate) channel: Channel,
    /// A mapping that a person confirmed, remembered for the next file of this shape.
    pub(crate) mapping: Option<Mapping>,
}

impl NewSource {
    /// The source's id and whether it is new.
    pub(super) async fn find_or_make(&self, tx: &Tx, merchant: &mut entity::merchant::Model, now: i64) -> Result<(i32, bool)> {
        let owner = MerchantId(merchant.id);
        let mapping = self.mapping.as_ref().map(serde_json::to_string).transpose()?;
        if let Some(known) = entity::source::find(owner).filter(Column::Key.eq(self.key.as_str())).one(&**tx).await? {
            let mut update = entity::source::update(owner)
                .filter(Column::Id.eq(known.id))
                .col_expr(Column::Channel, Expr::value(self.channel.code()))
                .col_expr(Column::Vendor, Expr::value(self.vendor.clone()));
            if mapping.is_some() {
                update = update.col_expr(Column::Mapping, Expr::value(mapping));
            }
            update.exec(&**tx).await?;
            return Ok((known.id, false));
        }
        let id = merchant.next_source_id;
        merchant.next_source_id += 1;
        let row = ActiveModel {
            merchant_id: Set(merchant.id),
            id: Set(id),
            key: Set(self.key.clone()),
            name: Set(self.name.clone()),
            vendor: Set(self.vendor.clone()),
            channel: Set(self.channel.code()),
            mapping: Set(mapping),
            created_at: Set(now),
        };
        entity::source::Entity::insert(row).exec_without_returning(&**tx).await?;
        Ok((id, true))
    }
}
