//! Remembering what stood where an upload's orders go.

use super::claims::Claimant;
use super::layers::Layer;
use super::told::{LEFT, PARTLY, REMOVED, TOOK};
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use domain::ids::MerchantId;
use domain::sources::UploadMode;
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

const COLUMNS: [&str; 8] = ["external_id", "upload_id", "sequence", "previous_upload_id", "previous", "way", "left_out", "source_id"];
/// Orders with their lines, as JSON, in memory at once.
const ORDERS_AT_ONCE: usize = 1_000;

/// An order that an upload met, to be remembered.
struct Met {
    external_id: String,
    owner: Uuid,
    previous: Option<String>,
    way: i16,
    left_out: Option<String>,
}

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
    keep_as_they_are(tx, db, by, by_day, TOOK).await
}

/// Keeps orders as they are before they go, because a file that replaces their period does not name them.
pub(in crate::sources) async fn keep_removed(tx: &Tx, db: &Db, by: Claimant, by_day: &BTreeMap<i32, Vec<i64>>) -> Result<()> {
    keep_as_they_are(tx, db, by, by_day, REMOVED).await
}

async fn keep_as_they_are(tx: &Tx, db: &Db, by: Claimant, by_day: &BTreeMap<i32, Vec<i64>>, way: i16) -> Result<()> {
    for (day, ids) in by_day {
        for some in ids.chunks(ORDERS_AT_ONCE) {
            let layers = Layer::load(tx, by.merchant, *day, some).await?;
            let met = layers.into_iter().map(|layer| {
                let (external_id, owner) = (layer.order.external_id.clone(), layer.order.upload_id);
                Ok(Met { external_id, owner, previous: Some(serde_json::to_string(&layer)?), way, left_out: None })
            });
            write(tx, db, by, met.collect::<Result<Vec<_>>>()?).await?;
        }
    }
    Ok(())
}

/// Keeps that an upload named orders that were there and the same: should who brought them go, the orders stay.
pub(in crate::sources) async fn keep_unchanged(tx: &Tx, db: &Db, by: Claimant, mode: UploadMode, orders: Vec<(String, Uuid)>) -> Result<()> {
    let way = if mode == UploadMode::Append { LEFT } else { TOOK };
    keep_names(tx, db, by, orders, way).await
}

/// Keeps what an upload says of orders that are there and differ and that it left, with who brought them, and in which way it left them.
pub(in crate::sources) async fn keep_left_out(tx: &Tx, db: &Db, by: Claimant, layers: Vec<(Layer, Uuid, i16)>) -> Result<()> {
    let met = layers.into_iter().map(|(layer, owner, way)| {
        let left_out = Some(serde_json::to_string(&layer)?);
        Ok(Met { external_id: layer.order.external_id, owner, previous: None, way, left_out })
    });
    write(tx, db, by, met.collect::<Result<Vec<_>>>()?).await
}

/// Keeps that rows of some orders could not be read, of which the others told what was there already, or made the order.
pub(in crate::sources) async fn keep_partly(tx: &Tx, db: &Db, by: Claimant, orders: Vec<(String, Uuid)>) -> Result<()> {
    keep_names(tx, db, by, orders, PARTLY).await
}

async fn keep_names(tx: &Tx, db: &Db, by: Claimant, orders: Vec<(String, Uuid)>, way: i16) -> Result<()> {
    let met = |(external_id, owner)| Met { external_id, owner, previous: None, way, left_out: None };
    write(tx, db, by, orders.into_iter().map(met).collect()).await
}

async fn write(tx: &Tx, db: &Db, by: Claimant, met: Vec<Met>) -> Result<()> {
    let constants = [("merchant_id", Constant::Number(by.merchant.0))];
    let mut bulk = BulkInsert::new(tx, db, "replaced_orders", &constants, &COLUMNS);
    for Met { external_id, owner, previous, way, left_out } in met {
        let row: [Value; 8] = [
            external_id.into(),
            by.upload_id.into(),
            by.sequence.into(),
            owner.into(),
            previous.into(),
            way.into(),
            left_out.into(),
            by.source_id.into(),
        ];
        bulk.row(row).await?;
    }
    bulk.finish().await
}
