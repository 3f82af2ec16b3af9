//! Taking an upload back: afterwards the books are as though it had never been.

use super::claims::{self, CUSTOMER, PRODUCT};
use super::facts::take_back_facts;
use super::layers::{Layer, row_of};
use super::lives::Lives;
use super::settled::Settled;
use super::told::{Memory, fold, unfold};
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobContext, JobError};
use crate::sources::store::remove_orders;
use chrono_tz::Tz;
use domain::ids::MerchantId;
use engine::ingestion::{LocalTime, local_time};
use entity::{ad_spend, inventory_level, money_movement, order, order_line, replaced_order};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Keys of one statement.
pub(super) const KEYS_AT_ONCE: u64 = 400;

/// Where and with what an upload is taken back.
pub(super) struct Undoing<'t> {
    pub(super) tx: &'t Tx,
    pub(super) merchant: MerchantId,
    pub(super) zone: Tz,
    pub(super) lives: Lives,
    pub(super) upload: Uuid,
}

/// Takes back all that an upload brought, in the caller's transaction, which holds the shop's lock.
pub(in crate::sources) async fn take_back(context: &JobContext, tx: &Tx, shop: &entity::merchant::Model, upload: Uuid) -> Result<(), JobError> {
    let merchant = MerchantId(shop.id);
    let zone: Tz = shop.time_zone.parse().map_err(|_| JobError::fail(format!("the shop's time zone {} is unknown", shop.time_zone)))?;
    let lives = Lives::load(tx, merchant).await.map_err(JobError::retry)?;
    let undoing = Undoing { tx, merchant, zone, lives, upload };
    while undoing.peel().await.map_err(JobError::retry)? {
        context.pulse.check()?;
    }
    while undoing.remove_some().await.map_err(JobError::retry)? {
        context.pulse.check()?;
    }
    take_back_facts::<inventory_level::Model>(&undoing).await.map_err(JobError::retry)?;
    take_back_facts::<money_movement::Model>(&undoing).await.map_err(JobError::retry)?;
    take_back_facts::<ad_spend::Model>(&undoing).await.map_err(JobError::retry)?;
    context.pulse.check()?;
    claims::take_back(&undoing, PRODUCT).await.map_err(JobError::retry)?;
    claims::take_back(&undoing, CUSTOMER).await.map_err(JobError::retry)
}

impl Undoing<'_> {
    /// Takes the upload out of what is told of some orders that others named too; `false` when there are none.
    async fn peel(&self) -> Result<bool> {
        use replaced_order::Column;
        let some = replaced_order::find(self.merchant).filter(self.concerned(Column::UploadId, Column::PreviousUploadId)).limit(KEYS_AT_ONCE);
        let some: Vec<(i32, String)> = some.select_only().columns([Column::SourceId, Column::ExternalId]).into_tuple().all(&**self.tx).await?;
        let is_done = some.is_empty();
        for (source, numbers) in by_source(some) {
            self.peel_orders(source, &numbers).await?;
        }
        Ok(!is_done)
    }

    /// What the upload met, and what met the upload's.
    pub(super) fn concerned<C: ColumnTrait>(&self, upload: C, previous: C) -> Condition {
        Condition::any().add(upload.eq(self.upload)).add(previous.eq(self.upload))
    }

    async fn peel_orders(&self, source: i32, numbers: &[String]) -> Result<()> {
        use replaced_order::Column;
        let settled = self.settled_orders(source, numbers).await?;
        let of_source = replaced_order::delete(self.merchant).filter(Column::SourceId.eq(source));
        of_source.filter(Column::ExternalId.is_in(numbers)).exec(&**self.tx).await?;
        for Settled { key, before, after, memories } in settled {
            self.replace(before, after).await?;
            for memory in memories {
                let row = row_of(memory, self.merchant, source, &key);
                replaced_order::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**self.tx).await?;
            }
        }
        Ok(())
    }

    /// What some orders that others named too are now, and what they are without the upload. Changes nothing.
    pub(super) async fn settled_orders(&self, source: i32, numbers: &[String]) -> Result<Vec<Settled<Layer>>> {
        use replaced_order::Column;
        let rows = replaced_order::find(self.merchant).filter(Column::SourceId.eq(source)).filter(Column::ExternalId.is_in(numbers));
        let mut memories: BTreeMap<String, Vec<Memory>> = BTreeMap::new();
        for row in rows.order_by_asc(Column::Sequence).all(&**self.tx).await? {
            memories.entry(row.external_id.clone()).or_default().push(Memory::from(&row));
        }
        let mut current: BTreeMap<String, Layer> = BTreeMap::new();
        for layer in self.current(source, numbers).await? {
            current.insert(layer.order.external_id.clone(), layer);
        }
        let settle = |(key, memories): (String, Vec<Memory>)| {
            let before = current.remove(&key);
            let said = unfold(before.clone(), &memories, &self.lives)?;
            let (after, memories) = fold(said, self.upload, source, &self.lives)?;
            Ok(Settled { key, before, after, memories })
        };
        memories.into_iter().map(settle).collect()
    }

    async fn current(&self, source: i32, numbers: &[String]) -> Result<Vec<Layer>> {
        use order::Column;
        let orders = order::find(self.merchant).filter(Column::SourceId.eq(source)).filter(Column::ExternalId.is_in(numbers));
        let places = orders.select_only().columns([Column::Day, Column::Id]).into_tuple::<(i32, i64)>().all(&**self.tx).await?;
        let mut layers = Vec::with_capacity(places.len());
        for (day, ids) in by_day(places) {
            layers.extend(Layer::load(self.tx, self.merchant, day, &ids).await?);
        }
        Ok(layers)
    }

    /// Writes what an order is now, under its id.
    async fn replace(&self, before: Option<Layer>, after: Option<Layer>) -> Result<()> {
        if let Some(before) = before {
            remove_orders(self.tx, self.merchant, &by_day(vec![(before.order.day, before.order.id)])).await?;
        }
        let Some(Layer { order, lines }) = after else { return Ok(()) };
        // The shop may have moved to another time zone since.
        let LocalTime { day, month, hour } = local_time(order.occurred_at, self.zone);
        let (day, hour) = (day.0, i16::from(hour));
        // What earlier versions remember of a whole order's discount is off none of its lines.
        let discount_minor = lines.iter().filter_map(|line| line.discount_minor).reduce(i64::saturating_add);
        let order = order::Model { day, month, hour, discount_minor, ..order };
        order::Entity::insert(order.into_active_model().reset_all()).exec_without_returning(&**self.tx).await?;
        let lines = lines.into_iter().map(|line| order_line::Model { day, month, hour, ..line });
        for line in lines.map(|line| line.into_active_model().reset_all()) {
            order_line::Entity::insert(line).exec_without_returning(&**self.tx).await?;
        }
        Ok(())
    }

    /// Removes some orders that the upload alone named; `false` when there are none.
    async fn remove_some(&self) -> Result<bool> {
        use order::Column;
        let orders = order::find(self.merchant).filter(Column::UploadId.eq(self.upload)).limit(10 * KEYS_AT_ONCE);
        let places = orders.select_only().columns([Column::Day, Column::Id]).into_tuple::<(i32, i64)>().all(&**self.tx).await?;
        remove_orders(self.tx, self.merchant, &by_day(places.clone())).await?;
        Ok(!places.is_empty())
    }
}

/// Keys of each source, each once.
pub(super) fn by_source(keys: Vec<(i32, String)>) -> BTreeMap<i32, Vec<String>> {
    let mut by_source: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for (source, key) in keys {
        by_source.entry(source).or_default().push(key);
    }
    for keys in by_source.values_mut() {
        keys.sort_unstable();
        keys.dedup();
    }
    by_source
}

fn by_day(places: Vec<(i32, i64)>) -> BTreeMap<i32, Vec<i64>> {
    let mut by_day: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
    for (day, id) in places {
        by_day.entry(day).or_default().push(id);
    }
    by_day
}
