//! What came of orders that were sent as JSON.

use super::UploadSummary;
use serde::{Deserialize, Serialize};

/// The most orders that one request may bring.
pub const MOST_ORDERS: usize = 1_000;

/// What came of a batch of orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrdersReceipt {
    /// The batch in the history of uploads, where it can be taken back.
    pub upload: UploadSummary,
    /// How many orders became what; absent while they wait to be stored.
    pub orders: Option<OrderCounts>,
    /// What is wrong with the orders that were rejected; the others were stored.
    pub errors: Vec<OrderProblem>,
}

/// Orders of a batch: new + updated + duplicate + rejected = received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderCounts {
    /// All that were sent.
    pub received: i64,
    /// Not known before.
    pub accepted: i64,
    /// Known and different: they took the place of what was there.
    pub updated: i64,
    /// Known and the same, or left as they were because the batch only adds.
    pub duplicate: i64,
    /// Not stored; `errors` says why.
    pub rejected: i64,
}

/// What is wrong with a part of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderProblem {
    /// A JSON pointer into the request (RFC 6901), for example `/orders/3/lines/0/quantity`.
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub message: String,
}
