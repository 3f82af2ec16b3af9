//! What is answered: columns, rows of cells, and what is to be known of them.

use crate::Currency;
use crate::semantic::{Measure, Unit};
use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// The first day of a bucket, `YYYY-MM-DD`.
    Time,
    /// A word, or null where the source gave none.
    Text,
    /// Minor units of `currency`.
    Money,
    /// A plain number.
    Number,
    /// A share: 0.25 is a quarter.
    Ratio,
}

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Column {
    /// A measure, a dimension, a grain, `<measure>_compared`, or a derived column such as `<measure>_growth`.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// For money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// One value of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Cell {
    /// No value: a division by zero, or a source that gave none.
    None,
    /// Minor units, counts, weekdays, hours.
    Int(i64),
    /// Units sold by weight or length, shares, and averages of counts.
    Float(f64),
    /// A day or a word.
    Text(String),
}

impl Cell {
    /// The number in it, if it holds one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            Self::None | Self::Text(_) => None,
        }
    }

    /// The whole number in it, if it holds one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The text in it, if it holds one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// Time first, then dimensions, measures, compared measures and what is derived.
    pub columns: Vec<Column>,
    /// One cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// When the data last changed, RFC 3339; absent before the first upload.
    pub data_as_of: Option<String>,
    /// Whether rows beyond the limit were left out.
    pub truncated: bool,
    /// How long it took.
    pub elapsed_ms: u64,
}

impl Measure {
    /// What an answer's column of this measure holds.
    pub fn column_kind(self) -> ColumnKind {
        match self.entry().unit {
            Unit::Money => ColumnKind::Money,
            Unit::Number => ColumnKind::Number,
            Unit::Ratio => ColumnKind::Ratio,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_kind_in_json() {
        let cells = vec![Cell::None, Cell::Int(56_013_342), Cell::Float(1.5), Cell::Text("GB".to_owned())];
        let json = serde_json::to_string(&cells).expect("it writes");
        assert_eq!(json, r#"[null,56013342,1.5,"GB"]"#);
        assert_eq!(serde_json::from_str::<Vec<Cell>>(&json).expect("it reads"), cells);
    }
}
