//! A batch of orders sent as JSON: kept as an upload like any other, and stored while the sender waits.

use super::read_order::OrderReader;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::sources::UploadWriter;
use crate::sources::import_file::settle;
use crate::sources::process_upload::read_context;
use domain::sources::{Channel, MOST_ORDERS, OrderCounts, OrderProblem, OrdersReceipt, UploadMode, UploadStatus, UploadSummary};
use domain::{AppError, FieldError, Permission};
use serde_json::Value;
use std::time::Duration;

/// A sender waits so long; then the batch is stored without it.
const PATIENCE: Duration = Duration::from_secs(20);
/// Problems that one answer names.
const MOST_PROBLEMS: usize = 500;

/// A batch of orders.
#[derive(Clone, Debug, Default)]
pub struct OrderBatch {
    /// What to call the source they are of.
    pub source: Option<String>,
    /// Where they were made; online unless it is said.
    pub channel: Option<Channel>,
    /// What they do to what is there.
    pub mode: UploadMode,
    /// The orders as they came.
    pub orders: Vec<Value>,
}

/// Stores the orders that can be read and names what is wrong with the others. Under the same key the same batch is one upload.
pub async fn import_orders(services: &Services, actor: &Actor, batch: OrderBatch, key: Option<&str>) -> Result<OrdersReceipt> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let shop = entity::merchant::by_id(actor.merchant_id).one(&*tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    drop(tx);
    let (received, source) = (batch.orders.len(), batch.source.clone());
    if received == 0 || received > MOST_ORDERS {
        return Err(AppError::invalid("orders", format!("send 1 to {MOST_ORDERS} orders at once")).into());
    }
    let context = read_context(&shop).map_err(|_| AppError::internal())?;
    let (channel, mode) = (batch.channel.unwrap_or(Channel::Online), batch.mode);
    let (lines, rejected, errors) =
        tokio::task::spawn_blocking(move || checked(&batch.orders, OrderReader::new(context))).await.map_err(anyhow::Error::from)?;
    if rejected == received {
        return Err(AppError::validation(errors.into_iter().map(of_field).collect()).into());
    }
    let name = format!("{} by API.json", domain::format::counted(received as i64, "order", "orders"));
    let writer = UploadWriter::create(services, actor, &name, source).await?;
    let mut writer = writer.with_request_key(key)?.with_mode(mode).of_orders(channel);
    writer.write(&lines).await?;
    let upload = writer.keep().await?;
    let settled = tokio::time::timeout(PATIENCE, settle(services, actor, upload.id)).await;
    services.wake_workers();
    let upload = settled.unwrap_or(Ok(upload))?;
    Ok(OrdersReceipt { orders: counts(&upload, received, rejected), upload, errors })
}

/// The orders, one a line; how many of them are to be rejected, and why.
fn checked(orders: &[Value], mut reader: OrderReader) -> (Vec<u8>, usize, Vec<OrderProblem>) {
    let (mut lines, mut rejected, mut errors) = (Vec::new(), 0, Vec::new());
    for order in orders {
        if let Err(problems) = reader.read(order) {
            rejected += 1;
            errors.extend(problems.into_iter().take(MOST_PROBLEMS.saturating_sub(errors.len())));
        }
        lines.extend(order.to_string().into_bytes());
        lines.push(b'\n');
    }
    (lines, rejected, errors)
}

fn of_field(problem: OrderProblem) -> FieldError {
    FieldError { field: problem.pointer, message: problem.message }
}

fn counts(upload: &UploadSummary, received: usize, rejected: usize) -> Option<OrderCounts> {
    let (received, rejected) = (received as i64, rejected as i64);
    let (accepted, updated) = (upload.orders_new, upload.orders_updated);
    let duplicate = (received - rejected - accepted - updated).max(0);
    (upload.status == UploadStatus::Completed).then_some(OrderCounts { received, accepted, updated, duplicate, rejected })
}
