//! How good the data of an upload is.

use super::ColumnMeaning;
use crate::Day;
use serde::{Deserialize, Serialize};

/// What was found in a file, read as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityReport {
    /// Data rows that were looked at.
    pub rows: i64,
    /// What a person should know, the gravest first.
    pub findings: Vec<QualityFinding>,
    /// How well each mapped column is filled.
    pub columns: Vec<ColumnQuality>,
    /// Rows a day, for days that have some.
    pub days: Vec<DayRows>,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Figures may be wrong because of it.
    Warning,
    /// Worth knowing.
    Notice,
    /// As it should be.
    Good,
}

/// One finding, in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityFinding {
    /// Its word, for example `price_outliers`.
    pub name: String,
    /// How grave it is.
    pub severity: Severity,
    /// What was found and what it means.
    pub sentence: String,
    /// How many rows, days or products it is about.
    pub count: i64,
    /// Its share of all rows, days or products, 0 to 1.
    pub share: f64,
    /// The first lines of the file it is about, at most twenty; empty where it is not about lines.
    pub lines: Vec<i64>,
}

/// How well a column is filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnQuality {
    /// What it means.
    pub meaning: ColumnMeaning,
    /// Its header.
    pub header: String,
    /// Rows with a value in it.
    pub filled: i64,
    /// Rows without.
    pub empty: i64,
    /// Rows that were rejected because of it.
    pub invalid: i64,
    /// About how many different values it has, where they are counted: within some two percent.
    pub distinct: Option<i64>,
    /// The first lines on which it is empty, at most twenty.
    #[serde(default)]
    pub empty_lines: Vec<i64>,
}

impl QualityReport {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl ColumnQuality {
    /// The share of rows in which it is filled, 0 to 1.
    pub fn filled_share(&self) -> f64 {
        self.filled as f64 / (self.filled + self.empty).max(1) as f64
    }
}

/// Rows on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayRows {
    /// The merchant-local day.
    pub day: Day,
    /// How many rows.
    pub rows: i64,
}
