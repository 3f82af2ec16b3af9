//! Which months of a shop's orders have changed since its copy was written: remembered with each change, in its transaction.

use std::collections::{BTreeMap, BTreeSet};

use columns::Manifest;
use domain::ids::MerchantId;
use entity::changed_month::{ActiveModel, Column, Entity};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::Result;
use crate::db::Tx;

/// What a change of facts touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Touched {
    /// Orders of these months at most; none where it changed settings, products or other small tables alone.
    Months(BTreeSet<i32>),
    /// Nobody knows: all of it.
    Whole,
}

/// The month of a version that touched none.
const NO_MONTH: i32 = 0;

/// Remembers what the shop's version touched. A version of which nothing is remembered touched everything.
pub(super) async fn remember(tx: &Tx, shop: &entity::merchant::Model, months: &BTreeSet<i32>) -> Result<()> {
    let row = |month: i32| ActiveModel {
        merchant_id: Set(shop.id),
        data_version: Set(shop.data_version),
        month: Set(month),
        changed_at: Set(shop.data_changed_at),
    };
    let rows = std::iter::once(NO_MONTH).chain(months.iter().copied()).map(row);
    let once = OnConflict::columns([Column::MerchantId, Column::DataVersion, Column::Month]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(once).exec_without_returning(&**tx).await?;
    Ok(())
}

/// Forgets what the shop's version touched: it may be anything.
pub(super) async fn forget(tx: &Tx, shop: &entity::merchant::Model) -> Result<()> {
    let of_version = entity::changed_month::delete(MerchantId(shop.id)).filter(Column::DataVersion.eq(shop.data_version));
    of_version.exec(&**tx).await?;
    Ok(())
}

/// The months to be written anew after a manifest; `None` where all must be.
pub(super) async fn since(tx: &Tx, shop: &entity::merchant::Model, before: &Manifest) -> Result<Option<BTreeSet<i32>>> {
    let rows = entity::changed_month::find(MerchantId(shop.id)).filter(Column::DataVersion.gte(before.data_version)).all(&**tx).await?;
    let mut versions: BTreeMap<i64, (Option<i64>, BTreeSet<i32>)> = BTreeMap::new();
    for row in rows {
        versions.entry(row.data_version).or_insert((row.changed_at, BTreeSet::new())).1.insert(row.month);
    }
    // The version the copy was written from must be one of this time line.
    if versions.get(&before.data_version).is_none_or(|(changed_at, _)| *changed_at != before.changed_at) {
        return Ok(None);
    }
    let mut months = BTreeSet::new();
    for version in before.data_version + 1..=shop.data_version {
        let Some((_, touched)) = versions.get(&version) else { return Ok(None) };
        months.extend(touched.iter().filter(|month| **month != NO_MONTH));
    }
    Ok(Some(months))
}

/// From now on the copy is of this version: what earlier ones touched is of no use any more.
pub(super) async fn forget_before(tx: &Tx, merchant: MerchantId, data_version: i64) -> Result<()> {
    entity::changed_month::delete(merchant).filter(Column::DataVersion.lt(data_version)).exec(&**tx).await?;
    Ok(())
}
