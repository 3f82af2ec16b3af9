//! Money that moved: known by the file's number for it, else by its content and how often that stood in the file.

use super::alone::settle;
use super::facts::Target;
use super::other_facts::{Ground, Outcome, Seen};
use crate::db::{BulkInsert, Constant};
use crate::error::Result;
use crate::sources::book::sku_key;
use crate::sources::records::{MovementFact, month_of};
use domain::ids::MerchantId;
use entity::money_movement::Model;
use sea_orm::Value;
use std::collections::HashMap;
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
    let products = products(ground, facts).await?;
    let mut rows = Vec::with_capacity(facts.len());
    for fact in facts {
        let hash = fact.content_hash();
        let product = fact.sku.as_ref().and_then(|sku| products.get(&sku_key(sku))).copied();
        rows.push(row_of(fact, seen.key(fact, hash), hash, product, ground.target));
    }
    let (outcomes, written) = settle(ground, rows).await?;
    write(ground, written).await?;
    Ok(outcomes)
}

fn row_of(fact: &MovementFact, key: String, hash: [u8; 16], product_id: Option<i64>, target: Target) -> Model {
    Model {
        merchant_id: target.merchant.0,
        source_id: target.source_id,
        key,
        upload_id: target.upload_id,
        kind: fact.kind.as_str().to_owned(),
        transaction_type: fact.transaction_type.clone(),
        occurred_at: fact.occurred_at,
        day: fact.day,
        month: month_of(fact.day),
        currency: fact.currency.clone(),
        amount_minor: fact.amount_minor,
        fee_minor: fact.fee_minor,
        net_minor: fact.net_minor,
        order_number: fact.order_number.clone(),
        payout_id: fact.payout_id.clone(),
        product_id,
        quantity_milli: fact.quantity_milli,
        description: fact.description.clone(),
        content_hash: hash.to_vec(),
    }
}

async fn write(ground: &Ground<'_>, rows: Vec<Model>) -> Result<()> {
    let target = ground.target;
    let constants = [("merchant_id", Constant::Number(target.merchant.0)), ("source_id", Constant::Number(i64::from(target.source_id)))];
    let bulk = BulkInsert::new(ground.tx, ground.db, "money_movements", &constants, &COLUMNS);
    let mut bulk = bulk.replacing(&["merchant_id", "source_id", "key"], &COLUMNS);
    for row in rows {
        let cells: [Value; 17] = [
            row.key.into(),
            row.upload_id.into(),
            row.kind.into(),
            row.transaction_type.into(),
            row.occurred_at.into(),
            row.day.into(),
            row.month.into(),
            row.currency.into(),
            row.amount_minor.into(),
            row.fee_minor.into(),
            row.net_minor.into(),
            row.order_number.into(),
            row.payout_id.into(),
            row.product_id.into(),
            row.quantity_milli.into(),
            row.description.into(),
            row.content_hash.into(),
        ];
        bulk.row(cells).await?;
    }
    bulk.finish().await
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

/// The products that are known by the movements' codes: a payment makes no product.
async fn products(ground: &Ground<'_>, facts: &[MovementFact]) -> Result<HashMap<String, i64>> {
    let keys: Vec<String> = facts.iter().filter_map(|fact| Some(sku_key(fact.sku.as_ref()?))).collect();
    let known = super::catalogue::known(ground.tx, MerchantId(ground.merchant.id), keys.iter().map(String::as_str)).await?;
    Ok(known.into_iter().map(|(key, row)| (key, row.id)).collect())
}
