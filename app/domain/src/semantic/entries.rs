//! What an entry of the semantic layer holds.

use super::{DIMENSIONS, Dimension, Facts, MEASURES, Measure};
use crate::role::Role;
use serde::{Deserialize, Serialize};

/// What a value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minor units of the answer's currency.
    Money,
    /// A plain number.
    Number,
    /// A share: 0.25 is a quarter.
    Ratio,
}

/// Whether parts add up to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Additivity {
    /// Over every dimension and over time.
    Additive,
    /// Over dimensions, but not over time: what lies in stock today does not add to what lay there yesterday.
    OverDimensions,
    /// Over time and over what whole orders are split by: an order of two products is one order, and one of each product.
    OverOrders,
    /// Over time only: who is new is new on one day, but may buy in two shops on it.
    OverTime,
    /// Not at all: a customer who buys in two countries is one customer.
    None,
}

/// What a dimension's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// Any text, or none.
    Text,
    /// A word of a closed list, or none.
    Word,
    /// A whole number.
    Number,
    /// A month, `YYYY-MM`.
    Month,
}

/// All there is to know of a measure.
pub struct MeasureEntry {
    /// Which.
    pub measure: Measure,
    /// The word in questions.
    pub name: &'static str,
    /// What people print.
    pub label: &'static str,
    /// Other names people use.
    pub synonyms: &'static [&'static str],
    /// One sentence.
    pub definition: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// Whether parts add up to the whole.
    pub additivity: Additivity,
    /// Which kinds of facts it is made of.
    pub facts: &'static [Facts],
    /// Whether nothing is nought: no sales are sales of 0, but no stated tax is no value.
    pub nothing_is_zero: bool,
    /// Whether more is better, for the colour of a change.
    pub more_is_better: bool,
    /// The lowest role that may see it.
    pub lowest_role: Role,
}

/// All there is to know of a dimension.
pub struct DimensionEntry {
    /// Which.
    pub dimension: Dimension,
    /// The word in questions.
    pub name: &'static str,
    /// What people print.
    pub label: &'static str,
    /// Other names people use.
    pub synonyms: &'static [&'static str],
    /// One sentence.
    pub definition: &'static str,
    /// What its values are.
    pub values: ValueKind,
    /// Which kinds of facts it splits.
    pub facts: &'static [Facts],
    /// The lowest role that may see it.
    pub lowest_role: Role,
}

impl MeasureEntry {
    /// Whether it belongs to whole orders, so that it cannot be split by product.
    pub fn is_order_level(&self) -> bool {
        self.facts.contains(&Facts::Orders)
    }
}

/// A measure's entry as the API tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureFacts {
    /// The word in questions.
    pub name: String,
    /// What people print.
    pub label: String,
    /// Other names that questions may use.
    pub synonyms: Vec<String>,
    /// One sentence.
    pub definition: String,
    /// What it is counted in.
    pub unit: Unit,
    /// Whether parts add up to the whole.
    pub additivity: Additivity,
    /// Whether it belongs to whole orders, so that it cannot be split by product.
    pub order_level: bool,
    /// Whether it can be split by time.
    pub over_time: bool,
    /// Whether more is better.
    pub more_is_better: bool,
    /// The lowest role that may see it.
    pub lowest_role: Role,
    /// What it can be split and filtered by.
    pub dimensions: Vec<Dimension>,
}

/// A dimension's entry as the API tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DimensionFacts {
    /// The word in questions.
    pub name: String,
    /// What people print.
    pub label: String,
    /// Other names that questions may use.
    pub synonyms: Vec<String>,
    /// One sentence.
    pub definition: String,
    /// What its values are.
    pub values: ValueKind,
    /// The lowest role that may see it.
    pub lowest_role: Role,
    /// What it splits.
    pub measures: Vec<Measure>,
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

impl From<&MeasureEntry> for MeasureFacts {
    fn from(entry: &MeasureEntry) -> Self {
        let MeasureEntry { measure, name, label, synonyms, definition, unit, additivity, more_is_better, lowest_role, .. } = *entry;
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            synonyms: owned(synonyms),
            definition: definition.to_owned(),
            unit,
            additivity,
            order_level: entry.is_order_level(),
            over_time: measure.has_days(),
            more_is_better,
            lowest_role,
            dimensions: DIMENSIONS.iter().map(|entry| entry.dimension).filter(|dimension| measure.goes_with(*dimension)).collect(),
        }
    }
}

impl From<&DimensionEntry> for DimensionFacts {
    fn from(entry: &DimensionEntry) -> Self {
        let DimensionEntry { dimension, name, label, synonyms, definition, values, lowest_role, .. } = *entry;
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            synonyms: owned(synonyms),
            definition: definition.to_owned(),
            values,
            lowest_role,
            measures: MEASURES.iter().map(|entry| entry.measure).filter(|measure| measure.goes_with(dimension)).collect(),
        }
    }
}
