//! Orders and refunds under the same number and currency, as they stand.

use super::counted::OwnNames;
use crate::db::Tx;
use crate::error::Result;
use crate::sources::book::{numbers_of, plain_number};
use crate::sources::history::Layer;
use domain::ids::MerchantId;
use entity::order::{self, Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A plain number of an order, and a currency.
pub(super) type Key = (String, String);

/// So many keys are looked up together: four numbers each, in few statements.
pub(super) const KEYS_AT_ONCE: usize = 200;

/// The key under which an order or a refund is looked for.
pub(super) fn key_of(order: &Model) -> Key {
    let number = order.refund_of.as_deref().unwrap_or_else(|| plain_number(&order.external_id));
    (number.to_owned(), order.currency.clone())
}

/// The sources' own names.
pub(super) async fn own_names(tx: &Tx, merchant: MerchantId) -> Result<OwnNames> {
    let sources = entity::source::find(merchant).all(&**tx).await?;
    Ok(sources.into_iter().map(|source| (source.id, source.key.split_once('/').map(|(_, name)| name.to_owned()))).collect())
}

/// Whether the shop has a refund that names its order.
pub(super) async fn has_refunds(tx: &Tx, merchant: MerchantId) -> Result<bool> {
    let any = order::find(merchant).filter(Column::RefundOf.is_not_null()).select_only().column(Column::Id).limit(1);
    Ok(any.into_tuple::<i64>().one(&**tx).await?.is_some())
}

/// Those of some plain numbers that refunds name.
pub(in crate::sources) async fn refunded_among<'n>(tx: &Tx, merchant: MerchantId, numbers: impl Iterator<Item = &'n str>) -> Result<HashSet<String>> {
    let refunds = order::find(merchant).filter(Column::RefundOf.is_in(numbers)).select_only().column(Column::RefundOf).distinct();
    Ok(refunds.into_tuple().all(&**tx).await?.into_iter().collect())
}

/// The keys of the refunds of the next numbers, and the last of these; `None` at the end.
pub(super) async fn refund_keys_after(tx: &Tx, merchant: MerchantId, last: &str) -> Result<Option<(BTreeSet<Key>, String)>> {
    let refunds = || order::find(merchant).filter(Column::RefundOf.is_not_null());
    let page = refunds().filter(Column::RefundOf.gt(last)).select_only().column(Column::RefundOf).distinct();
    let page: Vec<String> = page.order_by_asc(Column::RefundOf).limit(KEYS_AT_ONCE as u64).into_tuple().all(&**tx).await?;
    let Some(end) = page.last().cloned() else { return Ok(None) };
    let keys = refunds().filter(Column::RefundOf.is_in(page)).select_only().columns([Column::RefundOf, Column::Currency]).distinct();
    let keys: Vec<Key> = keys.into_tuple().all(&**tx).await?;
    Ok(Some((keys.into_iter().collect(), end)))
}

/// The keys of the next orders of which less counts than they tell, and the last one's id; `None` at the end.
pub(super) async fn lessened_keys_after(tx: &Tx, merchant: MerchantId, last: i64) -> Result<Option<(BTreeSet<Key>, i64)>> {
    let page = order::find(merchant).filter(Column::ToldTwiceMinor.is_not_null()).filter(Column::Id.gt(last)).order_by_asc(Column::Id);
    let page = page.limit(KEYS_AT_ONCE as u64).all(&**tx).await?;
    let Some(end) = page.last().map(|order| order.id) else { return Ok(None) };
    Ok(Some((page.iter().map(key_of).collect(), end)))
}

/// What stands under some keys, where an export tells refunds or less counts than is told; and all that stands under `open` ones.
pub(super) async fn load(
    tx: &Tx,
    merchant: MerchantId,
    names: &OwnNames,
    keys: &BTreeSet<Key>,
    open: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Vec<Layer>>> {
    let mut groups: BTreeMap<Key, Vec<Model>> = BTreeMap::new();
    for order in orders(tx, merchant, names, keys).await? {
        groups.entry(key_of(&order)).or_default().push(order);
    }
    let is_concerned = |order: &Model| order.given_back_minor.is_some() || order.told_twice_minor.is_some();
    groups.retain(|key, orders| keys.contains(key) && (open.contains(key) || orders.iter().any(is_concerned)));
    let mut layers: BTreeMap<Key, Vec<Layer>> = BTreeMap::new();
    for layer in Layer::with_lines(tx, merchant, groups.into_values().flatten().collect()).await? {
        layers.entry(key_of(&layer.order)).or_default().push(layer);
    }
    Ok(layers)
}

/// Orders and refunds with such numbers, each once.
async fn orders(tx: &Tx, merchant: MerchantId, names: &OwnNames, keys: &BTreeSet<Key>) -> Result<Vec<Model>> {
    let plain: BTreeSet<&str> = keys.iter().map(|(number, _)| number.as_str()).collect();
    let mut found = order::find(merchant).filter(Column::RefundOf.is_in(plain)).all(&**tx).await?;
    let numbers: BTreeSet<String> = keys.iter().flat_map(|(number, currency)| numbers_of(number, currency)).collect();
    // The sources make it a look-up by the table's key.
    let of_sources = order::find(merchant).filter(Column::SourceId.is_in(names.keys().copied())).filter(Column::ExternalId.is_in(numbers));
    found.extend(of_sources.filter(Column::RefundOf.is_null()).all(&**tx).await?);
    Ok(found)
}
