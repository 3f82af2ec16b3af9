//! What was changed on the way from a file's cells to facts.

use crate::format;
use serde::{Deserialize, Serialize};

/// A named step of cleaning and what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleaningStep {
    /// The step's word, for example `countries_to_codes`.
    pub name: String,
    /// What people read, in few words.
    pub label: String,
    /// What the step does and why, in a sentence.
    #[serde(default)]
    pub sentence: String,
    /// What is counted.
    #[serde(default)]
    pub unit: CleaningUnit,
    /// How many cells (or rows, orders, products: see the unit) it changed.
    pub changed: i64,
    /// The first few of them.
    pub samples: Vec<CleaningSample>,
}

/// What a step changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CleaningUnit {
    /// Single cells.
    #[default]
    Cells,
    /// Whole rows.
    Rows,
    /// Whole orders.
    Orders,
    /// Products, however many rows name them.
    Products,
}

/// One change, as an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleaningSample {
    /// The line of the file on which the row begins, or 0 where the change is about no single row.
    pub line: i64,
    /// The column's header; empty where the change is about no single column.
    pub column: String,
    /// As the file has it.
    pub before: String,
    /// As it is counted.
    pub after: String,
}

impl CleaningUnit {
    /// A count with its word: `1 row`, `2,515 rows`.
    pub fn counted(self, count: i64) -> String {
        let (one, many) = match self {
            Self::Cells => ("cell", "cells"),
            Self::Rows => ("row", "rows"),
            Self::Orders => ("order", "orders"),
            Self::Products => ("product", "products"),
        };
        format::counted(count, one, many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_before_there_were_sentences_still_read() {
        let step: CleaningStep = serde_json::from_str(r#"{"name":"a","label":"b","changed":2,"samples":[]}"#).expect("it reads");
        assert_eq!((step.unit, step.unit.counted(step.changed).as_str()), (CleaningUnit::Cells, "2 cells"));
        assert_eq!(CleaningUnit::Rows.counted(1), "1 row");
    }
}
