//! Products that nobody bought for a while.

use super::asked::{Faults, outside};
use crate::Day;
use serde::{Deserialize, Serialize};

/// When a product stands still.
///
/// One that sold before, or lies in stock and never sold, and was not sold within the last `idle_days`. One whose stock is known to be used up is
/// not among them: it cannot be sold.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlowMoversInput {
    /// No sale for so many days up to the last day asked for: 1 to 3,650.
    #[serde(default = "ninety")]
    pub idle_days: u32,
    /// How many are listed, up to 1,000: those with most in stock, then those that brought most before.
    #[serde(default = "listed")]
    pub products: u32,
}

fn ninety() -> u32 {
    90
}

fn listed() -> u32 {
    50
}

impl Default for SlowMoversInput {
    fn default() -> Self {
        Self { idle_days: ninety(), products: listed() }
    }
}

impl SlowMoversInput {
    pub(super) fn wrong(&self) -> Faults {
        outside(&[("idle_days", self.idle_days, 1, 3_650), ("products", self.products, 1, 1_000)])
    }
}

/// Products that stand still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlowMoversResult {
    /// The day from which it looks back.
    pub as_of: Day,
    /// How many there are in all.
    pub products: i64,
    /// How many products there are that stand still or do not.
    pub of_products: i64,
    /// Whether stock is known of any product.
    pub knows_stock: bool,
    /// Some of them.
    pub listed: Vec<SlowMover>,
}

/// A product that stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlowMover {
    /// Its name.
    pub product: String,
    /// Its code.
    pub sku: Option<String>,
    /// When it last sold; none if it never did.
    pub last_sale: Option<Day>,
    /// Days since then.
    pub idle_days: Option<i64>,
    /// What it brought before, in minor units.
    pub revenue_minor: i64,
    /// Pieces in stock in thousandths, where known.
    pub stock_milli: Option<i64>,
}
