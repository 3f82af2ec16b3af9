//! How many pieces lie where: the last file tells.

use super::alone::settle;
use super::other_facts::{Ground, Outcome};
use super::wares;
use crate::db::{BulkInsert, Constant};
use crate::error::Result;
use crate::sources::records::{ProductFact, StockFact};
use entity::inventory_level::Model;
use sea_orm::Value;

/// Stores stock, with products that are not known yet.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[StockFact]) -> Result<Vec<Outcome>> {
    let products: Vec<ProductFact> = facts.iter().map(|fact| fact.product.clone()).collect();
    let placed = wares::place(ground, &products).await?;
    let facts: Vec<(i64, &StockFact)> = placed.iter().map(|(id, _)| *id).zip(facts).collect();
    place(ground, &facts).await
}

/// The same for products that are placed already.
pub(super) async fn place(ground: &Ground<'_>, facts: &[(i64, &StockFact)]) -> Result<Vec<Outcome>> {
    let target = ground.target;
    let level = |(product_id, fact): &(i64, &StockFact)| Model {
        merchant_id: target.merchant.0,
        product_id: *product_id,
        source_id: target.source_id,
        location: fact.location.clone(),
        upload_id: target.upload_id,
        quantity_milli: fact.quantity_milli,
    };
    let (outcomes, written) = settle(ground, facts.iter().map(level).collect()).await?;
    let constants = [("merchant_id", Constant::Number(target.merchant.0)), ("source_id", Constant::Number(i64::from(target.source_id)))];
    let columns = ["product_id", "location", "upload_id", "quantity_milli"];
    let key = ["merchant_id", "product_id", "source_id", "location"];
    let mut bulk = BulkInsert::new(ground.tx, ground.db, "inventory_levels", &constants, &columns).replacing(&key, &columns);
    for level in written {
        let row: [Value; 4] = [level.product_id.into(), level.location.into(), level.upload_id.into(), level.quantity_milli.into()];
        bulk.row(row).await?;
    }
    bulk.finish().await?;
    Ok(outcomes)
}
