//! Orders sent as JSON, in batches.

use crate::api::order_schema::NewOrder;
use crate::extract::Json;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use domain::sources::{Channel, OrdersReceipt, UploadMode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::Services;
use services::sources::{self, OrderBatch};
use utoipa::ToSchema;

/// A thousand orders with many lines each.
pub(crate) const BODY_BYTES: usize = 16 << 20;

/// Orders of one source.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct NewOrders {
    /// What to call the source; orders are known by their ids within it.
    #[serde(default)]
    source: Option<String>,
    /// Where they were made; online unless it is said.
    #[serde(default)]
    channel: Option<Channel>,
    /// What they do to what is there; `upsert` unless it is said.
    #[serde(default)]
    mode: Option<UploadMode>,
    /// 1 to 1,000 orders. Each is stored or rejected by itself.
    #[schema(value_type = Vec<NewOrder>, min_items = 1, max_items = 1000)]
    orders: Vec<Value>,
}

/// Stores orders. An order that is known already and the same changes nothing; one that differs takes its place.
///
/// Orders that cannot be read are rejected one by one, each problem with a JSON pointer; the others are stored. Where none can be read, the
/// answer is 422 and nothing is kept. The batch stands in the history of uploads and can be taken back there. With the header
/// Idempotency-Key the same batch under the same key is stored once, for a day; another batch under it is refused.
#[utoipa::path(post, path = "/api/v1/orders", tag = "Orders",
    request_body(content = NewOrders, example = json!({"source": "Till 1", "orders": [{"id": "1001", "ordered_at": "2026-01-31T16:40:00Z",
        "currency": "GBP", "customer": {"email": "ada@example.com"}, "country": "GB", "total": "17.50", "shipping": 250,
        "lines": [{"sku": "A-1", "title": "Blue mug", "quantity": 2, "unit_price": "7.50"}]}]})),
    params(("Idempotency-Key" = Option<String>, Header, description = "Your own name for this request, so that it can be sent twice.")),
    responses((status = 200, description = "Stored.", body = OrdersReceipt),
        (status = 202, description = "Kept, and still being stored; follow the upload.", body = OrdersReceipt)))]
pub(crate) async fn create_orders(
    State(services): State<Services>,
    Asker(actor): Asker,
    headers: HeaderMap,
    Json(new): Json<NewOrders>,
) -> Answer<(StatusCode, axum::Json<OrdersReceipt>)> {
    let key = headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default());
    let NewOrders { source, channel, mode, orders } = new;
    let batch = OrderBatch { source, channel, mode: mode.unwrap_or_default(), orders };
    let receipt = sources::import_orders(&services, &actor, batch, key).await?;
    let status = if receipt.upload.status.is_settled() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, axum::Json(receipt)))
}
