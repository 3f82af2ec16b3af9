//! The rows behind a figure.

use super::BoardKey;
use crate::charts::TableData;
use crate::ids::UploadId;
use crate::range::DateRange;
use serde::{Deserialize, Serialize};

/// So many rows are shown at a time.
pub const ROWS_OF_A_PAGE: u32 = 50;

/// One page of the orders, or order lines, that a card's figures are made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardRows {
    /// Which board.
    pub key: BoardKey,
    /// Which card of it, counted from 0.
    pub place: usize,
    /// The board's name.
    pub board: String,
    /// The card's heading.
    pub card: String,
    /// The days in force.
    pub range: DateRange,
    /// Whether each row is an order line; else it is an order.
    pub of_lines: bool,
    /// The card's measures over all these rows, by name and as people read them.
    pub figures: Vec<(String, String)>,
    /// What a person should know.
    pub notices: Vec<String>,
    /// The rows, the newest first; below them their sums over all pages.
    pub table: TableData,
    /// The uploads that these rows came with.
    pub files: Vec<RowFile>,
    /// How many rows there are on all pages.
    pub count: u64,
    /// Which page this is, from 1.
    pub page: u64,
    /// How many pages there are.
    pub pages: u64,
}

/// A file that rows came with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowFile {
    /// The upload.
    pub upload: UploadId,
    /// The file's name.
    pub name: String,
}
