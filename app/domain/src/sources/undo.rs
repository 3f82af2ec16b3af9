//! What an undo would take away and bring back, worked out before anyone asks for it.

use super::UploadSummary;
use crate::Money;
use serde::{Deserialize, Serialize};

/// What exactly taking an upload back would do. Nothing is changed by asking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoPreview {
    /// The upload.
    pub upload: UploadSummary,
    /// What happens to what; only those of which the upload says something.
    pub parts: Vec<UndoPart>,
    /// The shop's net sales of all days, now and then, one a currency that changes.
    pub net_sales: Vec<NetSalesChange>,
    /// The first few orders that change or go.
    pub changes: Vec<OrderChange>,
}

/// What would happen to the orders, or to the stock levels, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoPart {
    /// Of what.
    pub thing: UndoThing,
    /// They go: no other file tells them.
    pub removed: i64,
    /// They become as other files tell them.
    pub restored: i64,
    /// They come back: the upload had replaced the period in which they lie.
    pub returned: i64,
    /// They stay as they are: other files tell the same, or told more lately.
    pub kept: i64,
}

/// What an upload may have told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UndoThing {
    /// Orders, refunds, and stores' totals of a period.
    Orders,
    /// Products as the shop knows them.
    Products,
    /// Customers as the shop knows them.
    Customers,
    /// How many of a product are where.
    StockLevels,
    /// Payments, fees and payouts.
    Payments,
    /// Days of advertising.
    AdvertisingDays,
}

/// Net sales of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NetSalesChange {
    /// As they are.
    pub now: Money,
    /// As they will be.
    pub then: Money,
}

/// An order that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderChange {
    /// Its number, as the file spells it.
    pub number: String,
    /// Its net amount as it is, or nothing while it is away.
    pub now: Option<Money>,
    /// As it will be, or nothing if it goes.
    pub then: Option<Money>,
}

impl UndoPart {
    /// Nothing of it yet.
    pub fn none(thing: UndoThing) -> Self {
        Self { thing, removed: 0, restored: 0, returned: 0, kept: 0 }
    }

    /// Whether the upload says anything of it.
    pub fn is_concerned(&self) -> bool {
        self.removed + self.restored + self.returned + self.kept > 0
    }
}

impl UndoThing {
    /// A count with its word: `1 order`, `12 stock levels`.
    pub fn counted(self, count: i64) -> String {
        let (one, many) = match self {
            Self::Orders => ("order", "orders"),
            Self::Products => ("product", "products"),
            Self::Customers => ("customer", "customers"),
            Self::StockLevels => ("stock level", "stock levels"),
            Self::Payments => ("payment", "payments"),
            Self::AdvertisingDays => ("day of advertising", "days of advertising"),
        };
        crate::format::counted(count, one, many)
    }
}
