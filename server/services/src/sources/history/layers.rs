//! An order with its lines, as the history remembers it.

use super::told::{Memory, Told};
use crate::db::Tx;
use crate::error::Result;
use domain::ids::MerchantId;
use entity::{order, order_line, replaced_order};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// An order with its lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::sources) struct Layer {
    pub(in crate::sources) order: order::Model,
    pub(in crate::sources) lines: Vec<order_line::Model>,
}

/// Orders whose lines are read together.
const ORDERS_AT_ONCE: usize = 200;

impl Layer {
    /// The orders as they stand, with their lines.
    pub(in crate::sources) async fn with_lines(tx: &Tx, merchant: MerchantId, orders: Vec<order::Model>) -> Result<Vec<Self>> {
        use order_line::Column;
        let mut layers: Vec<Self> = orders.into_iter().map(|order| Self { order, lines: Vec::new() }).collect();
        for some in layers.chunks_mut(ORDERS_AT_ONCE) {
            let places = some.iter().map(|layer| Condition::all().add(Column::Day.eq(layer.order.day)).add(Column::OrderId.eq(layer.order.id)));
            let lines = order_line::find(merchant).filter(places.fold(Condition::any(), Condition::add));
            let mut of_order: HashMap<i64, Vec<order_line::Model>> = HashMap::new();
            for line in lines.order_by_asc(Column::OrderId).order_by_asc(Column::Line).all(&**tx).await? {
                of_order.entry(line.order_id).or_default().push(line);
            }
            some.iter_mut().for_each(|layer| layer.lines = of_order.remove(&layer.order.id).unwrap_or_default());
        }
        Ok(layers)
    }

    /// Net sales as its file tells them, also where less of its returns counts.
    pub(in crate::sources) fn told_net(&self) -> i64 {
        self.order.net_minor.saturating_sub(self.order.told_twice_minor.unwrap_or(0))
    }

    /// As its file tells it: what of it counts depends on other files.
    fn told(mut self) -> Self {
        let net_minor = self.told_net();
        let total_minor =
            if self.order.told_twice_minor.is_some() { self.order.stated_total_minor.unwrap_or(net_minor) } else { self.order.total_minor };
        self.order = order::Model { net_minor, total_minor, told_twice_minor: None, ..self.order };
        for line in &mut self.lines {
            line.amount_minor = line.told_minor.take().unwrap_or(line.amount_minor);
            let told = line.told_quantity_milli.take().unwrap_or(line.quantity_milli);
            self.order.units_milli = self.order.units_milli.saturating_add(told.saturating_sub(line.quantity_milli));
            line.quantity_milli = told;
        }
        self
    }

    /// Orders that lie under a day, as their files tell them.
    pub(super) async fn load(tx: &Tx, merchant: MerchantId, day: i32, ids: &[i64]) -> Result<Vec<Self>> {
        use order_line::Column as LineColumn;
        let orders = order::find(merchant).filter(order::Column::Id.is_in(ids.iter().copied())).all(&**tx).await?;
        let lines = order_line::find(merchant).filter(LineColumn::Day.eq(day)).filter(LineColumn::OrderId.is_in(ids.iter().copied()));
        let mut of_order: HashMap<i64, Vec<order_line::Model>> = HashMap::new();
        for line in lines.order_by_asc(LineColumn::OrderId).order_by_asc(LineColumn::Line).all(&**tx).await? {
            of_order.entry(line.order_id).or_default().push(line);
        }
        Ok(orders.into_iter().map(|order| Self { lines: of_order.remove(&order.id).unwrap_or_default(), order }.told()).collect())
    }
}

impl Told for Layer {
    fn upload(&self) -> Uuid {
        self.order.upload_id
    }

    fn set_upload(&mut self, upload: Uuid) {
        self.order.upload_id = upload;
    }

    fn day(&self) -> Option<i32> {
        Some(self.order.day)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.order.content_hash == other.order.content_hash
    }

    /// A vendor's list of orders says nothing of the products that its list of sold items names.
    fn yields_to(&self, before: &Self) -> bool {
        let names_product = |line: &order_line::Model| line.product_id.is_some();
        let is_sum = !self.order.is_test && !self.order.is_aggregate && !self.lines.is_empty() && !self.lines.iter().any(names_product);
        is_sum && before.lines.iter().any(names_product)
    }
}

impl From<&replaced_order::Model> for Memory {
    fn from(row: &replaced_order::Model) -> Self {
        Self {
            upload: row.upload_id,
            sequence: row.sequence,
            previous_upload: row.previous_upload_id,
            previous: row.previous.clone(),
            way: row.way,
            left_out: row.left_out.clone(),
        }
    }
}

/// The row that remembers it.
pub(super) fn row_of(memory: Memory, merchant: MerchantId, source_id: i32, external_id: &str) -> replaced_order::Model {
    let Memory { upload, sequence, previous_upload, previous, way, left_out } = memory;
    replaced_order::Model {
        merchant_id: merchant.0,
        source_id,
        external_id: external_id.to_owned(),
        upload_id: upload,
        sequence,
        previous_upload_id: previous_upload,
        previous,
        way,
        left_out,
    }
}
