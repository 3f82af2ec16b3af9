//! Products by how much of the sales they bring.

use super::asked::{Faults, outside};
use serde::{Deserialize, Serialize};

/// Where the classes end.
///
/// Products stand by their net sales, the largest first. A product is of class A while those before it bring less than `a_percent` of the sales
/// of all products, so the one that crosses the line is still of class A; B likewise; C is the rest. Products that brought the same are of the same
/// class. Products with nothing or less than nothing are of class C, and do not lessen the whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AbcInput {
    /// A brings the first so many percent of the sales.
    #[serde(default = "eighty")]
    pub a_percent: u32,
    /// A and B together bring so many percent.
    #[serde(default = "ninety_five")]
    pub b_percent: u32,
    /// How many products are listed, the largest first: up to 1,000.
    #[serde(default = "listed")]
    pub products: u32,
}

fn eighty() -> u32 {
    80
}

fn ninety_five() -> u32 {
    95
}

fn listed() -> u32 {
    100
}

impl Default for AbcInput {
    fn default() -> Self {
        Self { a_percent: eighty(), b_percent: ninety_five(), products: listed() }
    }
}

impl AbcInput {
    pub(super) fn wrong(&self) -> Faults {
        let mut faults =
            outside(&[("a_percent", self.a_percent, 1, 99), ("b_percent", self.b_percent, 1, 100), ("products", self.products, 0, 1_000)]);
        if faults.is_empty() && self.b_percent <= self.a_percent {
            faults.push(("b_percent", format!("A and B together must bring more than A alone: use {} to 100", self.a_percent + 1)));
        }
        faults
    }
}

/// A class of products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AbcClass {
    /// The few that bring most.
    A,
    /// Those between.
    B,
    /// The many that bring little.
    C,
}

impl AbcClass {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// Its letter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// Products by classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AbcResult {
    /// How many products had sales or returns.
    pub products: i64,
    /// What those with sales brought, in minor units: the whole that shares are of.
    pub revenue_minor: i64,
    /// Each class that has products.
    pub classes: Vec<ClassShare>,
    /// The Pareto curve: from none of the products to all of them.
    pub curve: Vec<CurvePoint>,
    /// The largest products.
    pub listed: Vec<ClassedProduct>,
}

/// A class's part of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassShare {
    /// Which.
    pub class: AbcClass,
    /// How many products.
    pub products: i64,
    /// Their net sales in minor units.
    pub revenue_minor: i64,
    /// Of all products.
    pub product_share: f64,
    /// Of the whole; none where nothing was brought.
    pub revenue_share: Option<f64>,
}

/// A point of the Pareto curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurvePoint {
    /// The first so many of the products, as a share of all.
    pub product_share: f64,
    /// What they bring, as a share of the whole.
    pub revenue_share: f64,
}

/// A product with its class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassedProduct {
    /// Its name.
    pub product: String,
    /// Its code.
    pub sku: Option<String>,
    /// Its class.
    pub class: AbcClass,
    /// Its net sales in minor units.
    pub revenue_minor: i64,
    /// What it and those before it bring, of the whole.
    pub cumulative_share: Option<f64>,
    /// Pieces sold less those given back, in thousandths.
    pub units_milli: i64,
}
