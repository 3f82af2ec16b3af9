//! Taking an upload back: afterwards the books are as though it had never been.

use super::claims::{self, CUSTOMER, PRODUCT};
use super::layers::{Layer, Said, said, settle};
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobContext, JobError};
use crate::sources::store::remove_orders;
use chrono_tz::Tz;
use domain::ids::MerchantId;
use engine::ingestion::{LocalTime, local_time};
use entity::{order, order_line, replaced_order};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Keys of one statement.
const ORDERS_AT_ONCE: u64 = 400;

/// Takes back all that an upload brought, in the caller's transaction, which holds the shop's lock.
pub(in crate::sources) async fn take_back(context: &JobContext, tx: &Tx, shop: &entity::merchant::Model, upload: Uuid) -> Result<(), JobError> {
    let merchant = MerchantId(shop.id);
    let zone: Tz = shop.time_zone.parse().map_err(|_| JobError::fail(format!("the shop's time zone {} is unknown", shop.time_zone)))?;
    while peel(tx, merchant, zone, upload).await.map_err(JobError::retry)? {
        context.pulse.check()?;
    }
    while remove_some(tx, merchant, upload).await.map_err(JobError::retry)? {
        context.pulse.check()?;
    }
    claims::take_back(tx, merchant, upload, PRODUCT).await.map_err(JobError::retry)?;
    claims::take_back(tx, merchant, upload, CUSTOMER).await.map_err(JobError::retry)
}

/// Takes the upload out of the layers of some orders that others named too; `false` when there are none.
async fn peel(tx: &Tx, merchant: MerchantId, zone: Tz, upload: Uuid) -> Result<bool> {
    use replaced_order::Column;
    let concerned = Condition::any().add(Column::UploadId.eq(upload)).add(Column::PreviousUploadId.eq(upload));
    let some = replaced_order::find(merchant).filter(concerned).limit(ORDERS_AT_ONCE).all(&**tx).await?;
    let mut by_source: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for row in &some {
        by_source.entry(row.source_id).or_default().push(row.external_id.clone());
    }
    for (source, mut numbers) in by_source {
        numbers.sort_unstable();
        numbers.dedup();
        let rows = replaced_order::find(merchant).filter(Column::SourceId.eq(source)).filter(Column::ExternalId.is_in(&numbers));
        let mut rows_of: BTreeMap<String, Vec<replaced_order::Model>> = BTreeMap::new();
        for row in rows.order_by_asc(Column::Sequence).all(&**tx).await? {
            rows_of.entry(row.external_id.clone()).or_default().push(row);
        }
        let of_source = replaced_order::delete(merchant).filter(Column::SourceId.eq(source));
        of_source.filter(Column::ExternalId.is_in(&numbers)).exec(&**tx).await?;
        for current in current(tx, merchant, source, &numbers).await? {
            let rows = rows_of.remove(&current.order.external_id).unwrap_or_default();
            let left: Vec<Said> = said(current.clone(), &rows)?.into_iter().filter(|said| said.upload != upload).collect();
            replace(tx, merchant, zone, &current, settle(left)?).await?;
        }
    }
    Ok(!some.is_empty())
}

async fn current(tx: &Tx, merchant: MerchantId, source: i32, numbers: &[String]) -> Result<Vec<Layer>> {
    use order::Column;
    let orders = order::find(merchant).filter(Column::SourceId.eq(source)).filter(Column::ExternalId.is_in(numbers));
    let places = orders.select_only().columns([Column::Day, Column::Id]).into_tuple::<(i32, i64)>().all(&**tx).await?;
    let mut layers = Vec::with_capacity(places.len());
    for (day, ids) in by_day(places) {
        layers.extend(Layer::load(tx, merchant, day, &ids).await?);
    }
    Ok(layers)
}

fn by_day(places: Vec<(i32, i64)>) -> BTreeMap<i32, Vec<i64>> {
    let mut by_day: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
    for (day, id) in places {
        by_day.entry(day).or_default().push(id);
    }
    by_day
}

/// Writes what an order is now, under its id, and what is remembered of it.
async fn replace(tx: &Tx, merchant: MerchantId, zone: Tz, before: &Layer, after: Option<(Layer, Vec<replaced_order::Model>)>) -> Result<()> {
    remove_orders(tx, merchant, &by_day(vec![(before.order.day, before.order.id)])).await?;
    let Some((Layer { order, lines }, rows)) = after else { return Ok(()) };
    // The shop may have moved to another time zone since.
    let LocalTime { day, month, hour } = local_time(order.occurred_at, zone);
    let (day, hour) = (day.0, i16::from(hour));
    let order = order::Model { day, month, hour, ..order };
    order::Entity::insert(order.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
    let lines = lines.into_iter().map(|line| order_line::Model { day, month, hour, ..line });
    for line in lines.map(|line| line.into_active_model().reset_all()) {
        order_line::Entity::insert(line).exec_without_returning(&**tx).await?;
    }
    for row in rows {
        replaced_order::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
    }
    Ok(())
}

/// Removes some orders that the upload alone named; `false` when there are none.
async fn remove_some(tx: &Tx, merchant: MerchantId, upload: Uuid) -> Result<bool> {
    use order::Column;
    let orders = order::find(merchant).filter(Column::UploadId.eq(upload)).limit(10 * ORDERS_AT_ONCE);
    let places = orders.select_only().columns([Column::Day, Column::Id]).into_tuple::<(i32, i64)>().all(&**tx).await?;
    remove_orders(tx, merchant, &by_day(places.clone())).await?;
    Ok(!places.is_empty())
}
