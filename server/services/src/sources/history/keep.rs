//! Remembering what stood where an upload's orders go.

use super::claims::Claimant;
use super::layers::Layer;
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use domain::ids::MerchantId;
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

const COLUMNS: [&str; 6] = ["external_id", "upload_id", "sequence", "previous_upload_id", "previous", "source_id"];
/// Orders with their lines, as JSON, in memory at once.
const ORDERS_AT_ONCE: usize = 1_000;

/// The number of an upload that is being stored, written into its row; the shop is locked by the caller.
pub(in crate::sources) async fn next_sequence(tx: &Tx, merchant: MerchantId, upload: Uuid) -> Result<i64> {
    let newest = entity::upload::find(merchant).filter(Column::Sequence.is_not_null()).order_by_desc(Column::Sequence).limit(1);
    let sequence = newest.one(&**tx).await?.and_then(|upload| upload.sequence).unwrap_or_default() + 1;
    let update = entity::upload::update(merchant).filter(Column::Id.eq(upload)).col_expr(Column::Sequence, Expr::value(sequence));
    update.exec(&**tx).await?;
    Ok(sequence)
}

/// Keeps orders as they are before others take their place; given by the day under which they lie.
pub(in crate::sources) async fn keep_replaced(tx: &Tx, db: &Db, by: Claimant, by_day: &BTreeMap<i32, Vec<i64>>) -> Result<()> {
    for (day, ids) in by_day {
        for some in ids.chunks(ORDERS_AT_ONCE) {
            let layers = Layer::load(tx, by.merchant, *day, some).await?;
            let rows = layers.into_iter().map(|layer| {
                let (external_id, previous) = (layer.order.external_id.clone(), layer.order.upload_id);
                Ok((external_id, previous, Some(serde_json::to_string(&layer)?)))
            });
            write(tx, db, by, rows.collect::<Result<Vec<_>>>()?).await?;
        }
    }
    Ok(())
}

/// Keeps that an upload named orders that were there and the same: should who brought them go, the orders stay.
pub(in crate::sources) async fn keep_unchanged(tx: &Tx, db: &Db, by: Claimant, orders: Vec<(String, Uuid)>) -> Result<()> {
    write(tx, db, by, orders.into_iter().map(|(external_id, owner)| (external_id, owner, None)).collect()).await
}

async fn write(tx: &Tx, db: &Db, by: Claimant, rows: Vec<(String, Uuid, Option<String>)>) -> Result<()> {
    let constants = [("merchant_id", Constant::Number(by.merchant.0))];
    let mut bulk = BulkInsert::new(tx, db, "replaced_orders", &constants, &COLUMNS);
    for (external_id, previous_upload, previous) in rows {
        let row: [Value; 6] =
            [external_id.into(), by.upload_id.into(), by.sequence.into(), previous_upload.into(), previous.into(), by.source_id.into()];
        bulk.row(row).await?;
    }
    bulk.finish().await
}
