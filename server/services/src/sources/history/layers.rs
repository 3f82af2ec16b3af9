//! An order as one upload after the other told it: the books show the uppermost layer.

use crate::db::Tx;
use crate::error::Result;
use domain::ids::MerchantId;
use entity::{order, order_line, replaced_order};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// An order with its lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Layer {
    pub(super) order: order::Model,
    pub(super) lines: Vec<order_line::Model>,
}

impl Layer {
    /// Orders that lie under a day, as they are now.
    pub(super) async fn load(tx: &Tx, merchant: MerchantId, day: i32, ids: &[i64]) -> Result<Vec<Self>> {
        use order_line::Column as LineColumn;
        let orders = order::find(merchant).filter(order::Column::Id.is_in(ids.iter().copied())).all(&**tx).await?;
        let lines = order_line::find(merchant).filter(LineColumn::Day.eq(day)).filter(LineColumn::OrderId.is_in(ids.iter().copied()));
        let mut of_order: HashMap<i64, Vec<order_line::Model>> = HashMap::new();
        for line in lines.order_by_asc(LineColumn::OrderId).order_by_asc(LineColumn::Line).all(&**tx).await? {
            of_order.entry(line.order_id).or_default().push(line);
        }
        Ok(orders.into_iter().map(|order| Self { lines: of_order.remove(&order.id).unwrap_or_default(), order }).collect())
    }
}

/// What an upload said of an order.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) upload: Uuid,
    pub(super) sequence: i64,
    pub(super) layer: Layer,
}

/// All that was said of an order, the oldest first.
pub(super) fn said(current: Layer, rows: &[replaced_order::Model]) -> Result<Vec<Said>> {
    let mut after = current;
    let mut said = Vec::with_capacity(rows.len() + 1);
    for row in rows.iter().rev() {
        let before = match &row.previous {
            Some(json) => serde_json::from_str(json)?,
            None => after.clone(),
        };
        said.push(Said { upload: row.upload_id, sequence: row.sequence, layer: after });
        after = before;
    }
    said.push(Said { upload: after.order.upload_id, sequence: 0, layer: after });
    said.reverse();
    Ok(said)
}

/// The order as it is when only these were said, and the rows that remember it; nothing when nobody said anything.
pub(super) fn settle(said: Vec<Said>) -> Result<Option<(Layer, Vec<replaced_order::Model>)>> {
    let (mut current, mut rows) = (None::<Layer>, Vec::new());
    for Said { upload, sequence, mut layer } in said {
        let Some(before) = current.take() else {
            layer.order.upload_id = upload;
            current = Some(layer);
            continue;
        };
        let is_same = before.order.content_hash == layer.order.content_hash;
        rows.push(replaced_order::Model {
            merchant_id: before.order.merchant_id,
            source_id: before.order.source_id,
            external_id: before.order.external_id.clone(),
            upload_id: upload,
            sequence,
            previous_upload_id: before.order.upload_id,
            previous: if is_same { None } else { Some(serde_json::to_string(&before)?) },
        });
        layer.order.upload_id = upload;
        current = Some(if is_same { before } else { layer });
    }
    Ok(current.map(|current| (current, rows)))
}
