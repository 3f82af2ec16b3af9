//! After a change of the shop's time zone: the local day and month of every movement of money, from its instant.

use crate::db::Tx;
use crate::error::Result;
use chrono_tz::Tz;
use domain::ids::MerchantId;
use engine::ingestion::local_time;
use entity::money_movement::{Column, Entity, Model};
use sea_orm::sea_query::{Condition, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

/// Nineteen columns each: under SQLite's limit of parameters.
const AT_ONCE: u64 = 1_000;

/// Moves a page of movements after the given key; answers the page's last key and how many moved, or `None` at the end.
pub(super) async fn move_movements(tx: &Tx, merchant: MerchantId, zone: Tz, after: &(i32, String)) -> Result<Option<((i32, String), usize)>> {
    let (source, key) = after;
    let later = Condition::any().add(Column::SourceId.gt(*source)).add(Column::SourceId.eq(*source).and(Column::Key.gt(key)));
    let page = entity::money_movement::find(merchant).filter(later).order_by_asc(Column::SourceId).order_by_asc(Column::Key).limit(AT_ONCE);
    let page = page.all(&**tx).await?;
    let Some(last) = page.last().map(|last| (last.source_id, last.key.clone())) else { return Ok(None) };
    let moved: Vec<Model> = page
        .into_iter()
        .filter_map(|movement| {
            let local = local_time(movement.occurred_at, zone);
            (movement.day != local.day.0).then_some(Model { day: local.day.0, month: local.month, ..movement })
        })
        .collect();
    let count = moved.len();
    if count > 0 {
        let key = OnConflict::columns([Column::MerchantId, Column::SourceId, Column::Key]).update_columns([Column::Day, Column::Month]).to_owned();
        let rows = moved.into_iter().map(|movement| movement.into_active_model().reset_all());
        Entity::insert_many(rows).on_conflict(key).exec_without_returning(&**tx).await?;
    }
    Ok(Some((last, count)))
}
