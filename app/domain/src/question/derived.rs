//! Columns that are worked out from a measure's own column.

use crate::semantic::Measure;
use serde::{Deserialize, Serialize};

/// How a column is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Transform {
    /// The change as a share of what was before: of the compared value where the question compares, else of the bucket before.
    Growth,
    /// The share of the same measure without the split: of its bucket where the question splits by time and more, else of everything. Only of
    /// what adds up over the split: averages, rates and customers do not.
    ShareOfTotal,
    /// The sum of all buckets up to this one.
    RunningTotal,
    /// The average of this bucket and those before it, `over` of them.
    MovingAverage,
}

/// A column that is worked out from a measure that the question asks for; it is called `<measure>_<as>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// From which measure; it must be asked for.
    pub measure: Measure,
    /// How; growth is against the compared value where the question compares, else against the bucket before.
    #[serde(rename = "as")]
    pub transform: Transform,
    /// For a moving average: over how many buckets; by default 7 days, 4 weeks or 3 of what is longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<u32>,
}

impl Transform {
    /// The word in questions.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::ShareOfTotal => "share_of_total",
            Self::RunningTotal => "running_total",
            Self::MovingAverage => "moving_average",
        }
    }
}

impl Derived {
    /// The column's name.
    pub fn name(&self) -> String {
        format!("{}_{}", self.measure.name(), self.transform.as_str())
    }
}
