//! What was changed on the way from a file's cells to facts.

use serde::{Deserialize, Serialize};

/// A named step of cleaning and what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleaningStep {
    /// The step's word, for example `countries_to_codes`.
    pub name: String,
    /// What people read.
    pub label: String,
    /// How many cells (or rows, where the step is about rows) it changed.
    pub changed: i64,
    /// The first few of them.
    pub samples: Vec<CleaningSample>,
}

/// One change, as an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleaningSample {
    /// The line of the file.
    pub line: i64,
    /// The column's header.
    pub column: String,
    /// As the file has it.
    pub before: String,
    /// As it is counted.
    pub after: String,
}
