//! Conditions on dimensions.

use crate::semantic::{Dimension, Measure};
use serde::{Deserialize, Serialize};

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FilterOp {
    /// One of the values.
    In,
    /// None of the values; rows without a value are kept.
    NotIn,
    /// From the first value to the second, both included; for hours, weekdays and months.
    #[serde(alias = "range")]
    Between,
    /// The text holds one of the values, in capitals or not.
    Contains,
    /// There is no value.
    IsEmpty,
    /// There is a value.
    IsNotEmpty,
    /// One of the `n` values with the most of the measure `by`, over all the days asked for.
    Top,
    /// One of the `n` values with the least of it.
    Bottom,
}

impl FilterOp {
    /// The word in questions.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Between => "between",
            Self::Contains => "contains",
            Self::IsEmpty => "is_empty",
            Self::IsNotEmpty => "is_not_empty",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }

    /// The word between a dimension and its values, as people say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::In => "is",
            Self::NotIn => "is not",
            Self::Between => "between",
            Self::Contains => "contains",
            Self::IsEmpty => "is empty",
            Self::IsNotEmpty => "is not empty",
            Self::Top => "among the highest",
            Self::Bottom => "among the lowest",
        }
    }

    /// Whether it ranks values by a measure, and so has to be worked out before the question itself.
    pub fn ranks(self) -> bool {
        matches!(self, Self::Top | Self::Bottom)
    }
}

/// A condition on a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Of which dimension.
    pub dimension: Dimension,
    /// How.
    pub op: FilterOp,
    /// Values as answers spell them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// For `top` and `bottom`: how many values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// For `top` and `bottom`: by which measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Measure>,
}

impl Filter {
    /// A condition with values.
    pub fn new(dimension: Dimension, op: FilterOp, values: Vec<String>) -> Self {
        Self { dimension, op, values, n: None, by: None }
    }

    /// One of the values.
    pub fn is_in(dimension: Dimension, values: Vec<String>) -> Self {
        Self::new(dimension, FilterOp::In, values)
    }

    /// Whether it asks for some products by their names or codes.
    pub fn asks_for_products(&self) -> bool {
        matches!(self.op, FilterOp::In | FilterOp::Contains) && self.dimension.names_products()
    }
}
