//! What the "check" button reports.

use serde::{Deserialize, Serialize};

/// One step of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckStep {
    /// Its name, in snake case.
    pub name: String,
    /// How it went.
    pub outcome: CheckOutcome,
    /// What was found, and what to do if it is wrong.
    pub sentence: String,
}

/// How a step of a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// As it should be.
    Passed,
    /// Not as it should be.
    Failed,
    /// Cannot be told from here.
    Unknown,
}
