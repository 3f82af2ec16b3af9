//! Money that moved: known by the file's number for it, else by its content and how often that stood in the file.

use super::facts::KEYS_AT_ONCE;
use super::other_facts::{Ground, Outcome, Seen};
use crate::db::{BulkInsert, Constant};
use crate::error::Result;
use crate::sources::book::sku_key;
use crate::sources::records::{MovementFact, month_of};
use domain::ids::MerchantId;
use entity::money_movement::Column;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Value};
use std::collections::{BTreeMap, HashMap};
use xxhash_rust::xxh3::xxh3_128;

const COLUMNS: [&str; 17] = [
    "key",
    "upload_id",
    "kind",
    "transaction_type",
    "occurred_at",
    "day",
    "month",
    "currency",
    "amount_minor",
    "fee_minor",
    "net_minor",
    "order_number",
    "payout_id",
    "product_id",
    "quantity_milli",
    "description",
    "content_hash",
];

/// Stores movements.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[MovementFact], seen: &mut Seen) -> Result<Vec<Outcome>> {
    let hashes: Vec<[u8; 16]> = facts.iter().map(MovementFact::content_hash).collect();
    let keys: Vec<String> = facts.iter().zip(&hashes).map(|(fact, hash)| seen.key(fact, *hash)).collect();
    let known = known(ground, &keys).await?;
    let products = products(ground, facts).await?;
    let (mut outcomes, mut written) = (Vec::with_capacity(facts.len()), BTreeMap::new());
    for ((fact, hash), key) in facts.iter().zip(&hashes).zip(keys) {
        let outcome = match known.get(&key) {
            Some(old) if old == hash => Outcome::Same,
            Some(_) => Outcome::Updated,
            None => Outcome::New,
        };
        outcomes.push(outcome);
        if outcome != Outcome::Same {
            written.insert(key, (fact, hash));
        }
    }
    let target = ground.target;
    let constants = [("merchant_id", Constant::Number(target.merchant.0)), ("source_id", Constant::Number(i64::from(target.source_id)))];
    let bulk = BulkInsert::new(ground.tx, ground.db, "money_movements", &constants, &COLUMNS);
    let mut bulk = bulk.replacing(&["merchant_id", "source_id", "key"], &COLUMNS);
    for (key, (fact, hash)) in written {
        let product = fact.sku.as_ref().and_then(|sku| products.get(&sku_key(sku))).copied();
        let row: [Value; 17] = [
            key.into(),
            target.upload_id.into(),
            fact.kind.as_str().into(),
            fact.transaction_type.clone().into(),
            fact.occurred_at.into(),
            fact.day.into(),
            month_of(fact.day).into(),
            fact.currency.clone().into(),
            fact.amount_minor.into(),
            fact.fee_minor.into(),
            fact.net_minor.into(),
            fact.order_number.clone().into(),
            fact.payout_id.clone().into(),
            product.into(),
            fact.quantity_milli.into(),
            fact.description.clone().into(),
            hash.to_vec().into(),
        ];
        bulk.row(row).await?;
    }
    bulk.finish().await?;
    Ok(outcomes)
}

impl Seen {
    /// The key of the file's next movement.
    fn key(&mut self, fact: &MovementFact, hash: [u8; 16]) -> String {
        let base = match &fact.external_id {
            Some(id) => format!("{}:{id}", fact.kind.as_str()),
            None => format!("content:{:032x}", u128::from_le_bytes(hash)),
        };
        // Tills and banks repeat themselves: the second of two equal rows is another movement.
        let count = self.movements.entry(xxh3_128(base.as_bytes())).or_insert(0);
        *count += 1;
        if *count == 1 { base } else { format!("{base}#{count}") }
    }
}

async fn known(ground: &Ground<'_>, keys: &[String]) -> Result<HashMap<String, Vec<u8>>> {
    let (owner, mut known) = (MerchantId(ground.merchant.id), HashMap::new());
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows = entity::money_movement::find(owner).filter(Column::SourceId.eq(ground.target.source_id)).filter(Column::Key.is_in(some));
        let rows = rows.select_only().columns([Column::Key, Column::ContentHash]).into_tuple::<(String, Vec<u8>)>();
        known.extend(rows.all(&**ground.tx).await?);
    }
    Ok(known)
}

/// The products that are known by the movements' codes: a payment makes no product.
async fn products(ground: &Ground<'_>, facts: &[MovementFact]) -> Result<HashMap<String, i64>> {
    let keys: Vec<String> = facts.iter().filter_map(|fact| Some(sku_key(fact.sku.as_ref()?))).collect();
    let known = super::catalogue::known(ground.tx, MerchantId(ground.merchant.id), keys.iter().map(String::as_str)).await?;
    Ok(known.into_iter().map(|(key, row)| (key, row.id)).collect())
}
