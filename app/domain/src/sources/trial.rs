//! What a file would become under a mapping, before anything is stored.

use super::{Ambiguity, FileKind, UploadIssue};
use serde::{Deserialize, Serialize};

/// The first rows of a file as they would be stored, and what stands in the way of others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MappingTrial {
    /// What the rows are.
    pub kind: FileKind,
    /// What is still missing in the mapping, in words; while something is, no row is read.
    pub missing: Vec<String>,
    /// The names of the cells of each row: what they mean, not what the file calls them.
    pub columns: Vec<String>,
    /// The first rows that can be read.
    pub rows: Vec<TrialRow>,
    /// The first rows that cannot be read, with the reason.
    pub problems: Vec<UploadIssue>,
    /// Rows that were looked at.
    pub rows_read: i64,
    /// Those of them that would be stored.
    pub rows_good: i64,
    /// Those of them that would be rejected.
    pub rows_bad: i64,
    /// Whether these are all rows of the file; a long file is looked at as far as is quick.
    pub is_whole: bool,
    /// What was assumed and what a person should know, a sentence each.
    pub remarks: Vec<String>,
    /// What the file leaves open under this mapping, with its evidence.
    pub ambiguities: Vec<Ambiguity>,
}

/// A row as it would be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialRow {
    /// The line of the file on which it begins, counted from 1.
    pub line: i64,
    /// Its cells in words; empty where it says nothing.
    pub cells: Vec<String>,
}
