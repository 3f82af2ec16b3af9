//! Products that are bought together.

use super::asked::{Faults, outside};
use serde::{Deserialize, Serialize};

/// By what pairs are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BasketOrder {
    /// How often they are bought together.
    #[default]
    Orders,
    /// How often one comes with the other.
    Confidence,
    /// How much more often than by chance.
    Lift,
}

/// Which pairs.
///
/// A basket is an order with at least one product, also where it has no other. Support is the share of all baskets with both products; confidence the
/// share of the baskets with the first that have the second, too; lift is the confidence divided by the share of all baskets with the second.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BasketInput {
    /// Bought together in at least so many orders.
    #[serde(default = "three")]
    pub min_orders: u32,
    /// Of all baskets at least so many hundredths of a percent.
    #[serde(default)]
    pub min_support: u32,
    /// At least so many percent of the baskets with the first have the second.
    #[serde(default)]
    pub min_confidence: u32,
    /// Only pairs of so many products, those in most baskets of several products, are counted: 2 to 1,000. It bounds memory and time; the result says
    /// what it left out. Where a filter names products, they are those in most baskets with one of the named, and only pairs with one of these are listed.
    #[serde(default = "counted")]
    pub products: u32,
    /// How many pairs are listed: 1 to 1,000.
    #[serde(default = "listed")]
    pub pairs: u32,
    /// By what they are ordered, the largest first.
    #[serde(default)]
    pub order: BasketOrder,
}

fn three() -> u32 {
    3
}

fn counted() -> u32 {
    300
}

fn listed() -> u32 {
    50
}

impl Default for BasketInput {
    fn default() -> Self {
        Self { min_orders: three(), min_support: 0, min_confidence: 0, products: counted(), pairs: listed(), order: BasketOrder::default() }
    }
}

impl BasketInput {
    pub(super) fn wrong(&self) -> Faults {
        outside(&[
            ("min_orders", self.min_orders, 1, 1_000_000),
            ("min_support", self.min_support, 0, 10_000),
            ("min_confidence", self.min_confidence, 0, 100),
            ("products", self.products, 2, 1_000),
            ("pairs", self.pairs, 1, 1_000),
        ])
    }
}

/// Pairs of products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BasketResult {
    /// Orders with at least one product.
    pub baskets: i64,
    /// How many products were counted.
    pub products: i64,
    /// Every pair in at least so many baskets is known; more than was asked for where there are more products than are counted.
    pub min_orders: i64,
    /// How many pairs there are that hold to all of it, listed or not.
    pub found: i64,
    /// The first of them.
    pub pairs: Vec<Pair>,
}

/// Two products that are bought together; the first is the one that more surely brings the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pair {
    /// Who buys this,
    pub first: String,
    /// by its code,
    pub first_sku: Option<String>,
    /// also buys this,
    pub second: String,
    /// by its code.
    pub second_sku: Option<String>,
    /// Baskets with both.
    pub orders: i64,
    /// Baskets with the first.
    pub first_orders: i64,
    /// Baskets with the second.
    pub second_orders: i64,
    /// Of all baskets, those with both.
    pub support: f64,
    /// Of the baskets with the first, those with the second.
    pub confidence: f64,
    /// Of the baskets with the second, those with the first.
    pub confidence_back: f64,
    /// How much more often than if neither had to do with the other: 1 is chance.
    pub lift: f64,
}
