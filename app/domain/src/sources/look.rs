//! How a column looks before anyone says what it means.

use serde::{Deserialize, Serialize};

/// What a column's cells are, going by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FoundType {
    /// There is none in the rows that were looked at.
    Nothing,
    /// Days, with or without a time.
    Dates,
    /// Numbers without decimals.
    WholeNumbers,
    /// Numbers of which some have decimals.
    DecimalNumbers,
    /// Digits that are no number: leading zeros, or more of them than a number has.
    Codes,
    /// Addresses of e-mail.
    Emails,
    /// Yes or no, in any of several words.
    YesOrNo,
    /// Anything else.
    Text,
}

impl FoundType {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Nothing => "Empty",
            Self::Dates => "Dates",
            Self::WholeNumbers => "Whole numbers",
            Self::DecimalNumbers => "Numbers with decimals",
            Self::Codes => "Codes of digits",
            Self::Emails => "E-mail addresses",
            Self::YesOrNo => "Yes or no",
            Self::Text => "Text",
        }
    }
}

/// How a column looks in the first rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnLook {
    /// Its header.
    pub header: String,
    /// What its cells are.
    pub found: FoundType,
    /// The first different values.
    pub samples: Vec<String>,
    /// How many of the rows that were looked at have a value.
    pub filled: i64,
    /// How many rows were looked at.
    pub rows: i64,
}
