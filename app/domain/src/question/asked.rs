//! The question itself.

use super::{Against, Derived, Filter, Threshold};
use crate::Day;
use crate::range::{DateRange, Grain};
use crate::semantic::{Dimension, Measure};
use serde::{Deserialize, Serialize};

/// The most rows an answer holds; beyond it the answer says `truncated`.
pub const MAX_ROWS: u32 = 10_000;

/// What is asked. Only `measures` is required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The figures, in the answer's order.
    pub measures: Vec<Measure>,
    /// What they are split by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// Which days, and how finely; without it, all data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeSpan>,
    /// All of them must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// Only rows that reach all of these are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub having: Vec<Threshold>,
    /// Columns that are worked out from the measures: growth, shares, running totals, moving averages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derived: Vec<Derived>,
    /// By which columns rows are ordered; by default time, then the first measure from large to small.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Order>,
    /// At most so many rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Adds a column `<measure>_compared` for each measure with its value over other days, for another value, or for the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Against>,
}

/// Which days, and how finely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TimeSpan {
    /// First day; without it, the data's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day, included; without it, the data's last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Splits by time; the column carries the grain's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grain: Option<Grain>,
}

impl From<DateRange> for TimeSpan {
    fn from(range: DateRange) -> Self {
        Self { from: Some(range.from), to: Some(range.to), grain: None }
    }
}

/// By which column, and in which direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// A column of the answer: a measure, a dimension, the grain or a derived column.
    pub by: String,
    /// From large to small.
    #[serde(default)]
    pub desc: bool,
}

impl Question {
    /// A question for measures over everything.
    pub fn new(measures: impl IntoIterator<Item = Measure>) -> Self {
        Self { measures: measures.into_iter().collect(), ..Self::default() }
    }

    /// The grain, if it splits by time.
    pub fn grain(&self) -> Option<Grain> {
        self.time.and_then(|time| time.grain)
    }

    /// The names of the answer's columns before comparison and derivation.
    pub fn column_names(&self) -> Vec<&'static str> {
        let grain = self.grain().map(Grain::as_str);
        grain.into_iter().chain(self.dimensions.iter().map(|d| d.name())).chain(self.measures.iter().map(|m| m.name())).collect()
    }

    /// How many of the answer's columns tell rows apart: time and dimensions.
    pub fn key_count(&self) -> usize {
        usize::from(self.grain().is_some()) + self.dimensions.len()
    }

    /// Every measure it has to do with, asked for or not.
    pub fn all_measures(&self) -> impl Iterator<Item = Measure> {
        let ranked = self.filters.iter().filter_map(|filter| filter.by);
        self.measures.iter().copied().chain(self.having.iter().map(|threshold| threshold.measure)).chain(ranked)
    }

    /// Every dimension it splits or filters by.
    pub fn all_dimensions(&self) -> impl Iterator<Item = Dimension> {
        self.dimensions.iter().copied().chain(self.filters.iter().map(|filter| filter.dimension))
    }
}
