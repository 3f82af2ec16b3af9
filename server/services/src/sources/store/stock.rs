//! How many pieces lie where: the last file tells.

use super::facts::KEYS_AT_ONCE;
use super::other_facts::{Ground, Outcome};
use super::wares;
use crate::db::{BulkInsert, Constant};
use crate::error::Result;
use crate::sources::records::{ProductFact, StockFact};
use domain::ids::MerchantId;
use entity::inventory_level::Column;
use sea_orm::{ColumnTrait, QueryFilter, Value};
use std::collections::BTreeMap;

/// Stores stock, with products that are not known yet.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[StockFact]) -> Result<Vec<Outcome>> {
    let products: Vec<ProductFact> = facts.iter().map(|fact| fact.product.clone()).collect();
    let placed = wares::place(ground, &products).await?;
    let facts: Vec<(i64, &StockFact)> = placed.iter().map(|(id, _)| *id).zip(facts).collect();
    place(ground, &facts).await
}

/// The same for products that are placed already.
pub(super) async fn place(ground: &Ground<'_>, facts: &[(i64, &StockFact)]) -> Result<Vec<Outcome>> {
    let mut levels = known(ground, facts).await?;
    let (mut outcomes, mut written) = (Vec::with_capacity(facts.len()), BTreeMap::new());
    for (product, fact) in facts {
        let key = (*product, fact.location.clone());
        let outcome = match levels.get(&key) {
            Some(quantity) if *quantity == fact.quantity_milli => Outcome::Same,
            Some(_) => Outcome::Updated,
            None => Outcome::New,
        };
        outcomes.push(outcome);
        if outcome != Outcome::Same {
            levels.insert(key.clone(), fact.quantity_milli);
            written.insert(key, fact.quantity_milli);
        }
    }
    let target = ground.target;
    let constants = [("merchant_id", Constant::Number(target.merchant.0)), ("source_id", Constant::Number(i64::from(target.source_id)))];
    let columns = ["product_id", "location", "upload_id", "quantity_milli"];
    let key = ["merchant_id", "product_id", "source_id", "location"];
    let mut bulk = BulkInsert::new(ground.tx, ground.db, "inventory_levels", &constants, &columns).replacing(&key, &columns);
    for ((product, location), quantity) in written {
        let row: [Value; 4] = [product.into(), location.into(), target.upload_id.into(), quantity.into()];
        bulk.row(row).await?;
    }
    bulk.finish().await?;
    Ok(outcomes)
}

async fn known(ground: &Ground<'_>, facts: &[(i64, &StockFact)]) -> Result<BTreeMap<(i64, String), i64>> {
    let (owner, mut known) = (MerchantId(ground.merchant.id), BTreeMap::new());
    for some in facts.chunks(KEYS_AT_ONCE) {
        let rows = entity::inventory_level::find(owner)
            .filter(Column::SourceId.eq(ground.target.source_id))
            .filter(Column::ProductId.is_in(some.iter().map(|(product, _)| *product)));
        known.extend(rows.all(&**ground.tx).await?.into_iter().map(|row| ((row.product_id, row.location), row.quantity_milli)));
    }
    Ok(known)
}
