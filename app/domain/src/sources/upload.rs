//! An upload and what came of it.

use super::{CleaningStep, FileKind, UploadMode, UploadOrigin, UploadStatus};
use crate::ids::UploadId;
use crate::{AppError, Day, ErrorKind, Money, format};
use serde::{Deserialize, Serialize};

/// An upload: what it is, how far it is, what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadSummary {
    /// Its id.
    pub id: UploadId,
    /// Where it stands.
    pub status: UploadStatus,
    /// The name the file had on the person's machine.
    pub file_name: String,
    /// Bytes as uploaded.
    pub bytes: i64,
    /// Whose export it was recognised as, for example `shopify`; absent when it was recognised by its columns' meaning alone.
    pub vendor: Option<String>,
    /// What people call that vendor, for example `WooCommerce`.
    pub vendor_name: Option<String>,
    /// 0 to 100.
    pub progress: i32,
    /// Data rows in the file: always accepted + rejected + duplicate once completed.
    pub rows_total: i64,
    /// Rows that the figures now include.
    pub rows_accepted: i64,
    /// Rows that could not be read; each is in the issues file with its reason.
    pub rows_rejected: i64,
    /// Rows of orders that were there already, unchanged.
    pub rows_duplicate: i64,
    /// Orders that were new.
    pub orders_new: i64,
    /// Orders that were there and differ; they were replaced.
    pub orders_updated: i64,
    /// First merchant-local day of its orders.
    pub first_day: Option<Day>,
    /// Last merchant-local day of its orders.
    pub last_day: Option<Day>,
    /// Net sales of its accepted rows, one amount a currency.
    pub net_sales: Vec<Money>,
    /// What was recognised and what a person should know, a sentence each.
    pub remarks: Vec<String>,
    /// Why it failed, in words.
    pub error: Option<String>,
    /// Who brought it: an address or a key's name.
    pub uploaded_by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub created_at: i64,
    /// When it was settled.
    pub finished_at: Option<i64>,
    /// What its rows are.
    pub kind: FileKind,
    /// What it does to what is there.
    pub mode: UploadMode,
    /// How it came.
    pub origin: UploadOrigin,
    /// Whether it can be taken back.
    pub can_undo: bool,
    /// Whether it can be read again with another mapping.
    pub can_reprocess: bool,
    /// What was changed on the way from cells to facts.
    pub cleaning: Vec<CleaningStep>,
}

/// A rejected row, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadIssue {
    /// The line in the file on which the row begins, counted from 1, the header included.
    pub line: i64,
    /// The header of the cell that is wrong, if one is.
    pub column: Option<String>,
    /// What is wrong and how to mend it.
    pub reason: String,
    /// The row as it stands in the file.
    pub raw: String,
}

/// A file is larger than `most` bytes: said by the browser before it is sent, and by the server whoever sends it.
pub fn too_large(most: u64) -> AppError {
    let size = format::bytes(i64::try_from(most).unwrap_or(i64::MAX));
    AppError::new(
        ErrorKind::TooLarge,
        format!("the file is larger than {size}, the most this server takes; split it by month, or compress it with gzip"),
    )
}
