//! What a person sees when columns are mapped.

use super::{ColumnLook, DateOrder, DiscountReading, Mapping, UploadSummary};
use crate::Currency;
use serde::{Deserialize, Serialize};

/// What a person sees when columns must be mapped by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MappingPreview {
    /// The upload.
    pub upload: UploadSummary,
    /// The file's headers, in its order.
    pub headers: Vec<String>,
    /// The first rows as they stand in the file.
    pub rows: Vec<Vec<String>>,
    /// How each column looks in them.
    pub columns: Vec<ColumnLook>,
    /// The best guess so far.
    pub guess: Mapping,
    /// What is missing before the file can be read, in words.
    pub missing: Vec<String>,
    /// Whose export it probably is.
    pub vendor: Option<String>,
    /// Why it was taken for what it was taken for, the weightiest first.
    pub reasons: Vec<Reason>,
    /// How its text is encoded, for example `UTF-8`.
    pub encoding: String,
    /// What parts its cells, in words; empty where nothing does (a workbook).
    pub delimiter: String,
    /// The sheets of a workbook; empty for other files.
    pub sheets: Vec<String>,
    /// The sheet that the rows are of.
    pub sheet: Option<String>,
    /// Lines that are no rows (notes above the table, totals below it), as they stand.
    pub set_aside: Vec<String>,
    /// What the file leaves open, with its evidence.
    pub ambiguities: Vec<Ambiguity>,
}

/// Why a file was taken for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// In words.
    pub sentence: String,
    /// How much it weighed; against it when negative.
    pub weight: i32,
}

/// Something that a column leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ambiguity {
    /// Of which column.
    pub column: String,
    /// What is open, as a question.
    pub question: String,
    /// Cells that show it.
    pub evidence: Vec<String>,
    /// The possible answers, the likeliest first.
    pub choices: Vec<Choice>,
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// What people read.
    pub label: String,
    /// What it sets in the mapping.
    pub value: ChoiceValue,
}

/// What a choice sets in a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChoiceValue {
    /// How dates are written.
    DateOrder(DateOrder),
    /// Whether a comma stands before the decimals.
    DecimalComma(bool),
    /// The currency of all rows.
    Currency(Currency),
    /// Whether discounts are amounts or shares.
    Discount(DiscountReading),
    /// Whether the row's amount has its discount off already.
    NetAmount(bool),
}
