//! Rows as they stand in a file.

use crate::AppError;
use serde::{Deserialize, Serialize};

/// So many lines are shown at once.
const MOST_LINES: usize = 100;

/// Which rows of a file are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RawRowsAsked {
    /// Those that begin on these lines.
    Lines(Vec<i64>),
    /// The first so many from this line on.
    From(i64),
}

/// Some rows of a file as they stand in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RawRows {
    /// The name of the file.
    pub file_name: String,
    /// The names of its columns.
    pub headers: Vec<String>,
    /// The rows, in the file's order.
    pub rows: Vec<RawRow>,
    /// The line on which the next row begins, when rows were asked from a line on and there are more.
    pub next_line: Option<i64>,
}

/// One row as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RawRow {
    /// The line on which it begins, counted from 1, the header included.
    pub line: i64,
    /// Its cells.
    pub cells: Vec<String>,
    /// Why it was not read, if it was not.
    pub reason: Option<String>,
    /// The header of the cell that is wrong, if one is.
    pub column: Option<String>,
}

impl RawRowsAsked {
    /// Reads `lines` (`31,32`) or else `from`; without either, the rows from the first on.
    pub fn parse(lines: Option<&str>, from: Option<i64>) -> Result<Self, AppError> {
        let Some(lines) = lines.filter(|lines| !lines.trim().is_empty()) else {
            return Ok(Self::From(from.unwrap_or(1).max(1)));
        };
        let wrong = || AppError::invalid("lines", "write line numbers parted by commas, such as 31,32");
        let lines: Vec<i64> = lines.split(',').map(|line| line.trim().parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
        if lines.len() > MOST_LINES || lines.iter().any(|line| *line < 1) {
            return Err(AppError::invalid("lines", format!("ask for at most {MOST_LINES} lines, counted from 1")));
        }
        Ok(Self::Lines(lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_asked_by_number_or_from_one_on() {
        assert_eq!(RawRowsAsked::parse(Some("31, 32"), Some(9)), Ok(RawRowsAsked::Lines(vec![31, 32])));
        assert_eq!(RawRowsAsked::parse(Some(" "), Some(9)), Ok(RawRowsAsked::From(9)));
        assert_eq!(RawRowsAsked::parse(None, Some(-4)), Ok(RawRowsAsked::From(1)));
        assert!(RawRowsAsked::parse(Some("31;32"), None).is_err());
        assert!(RawRowsAsked::parse(Some("0"), None).is_err());
        assert!(RawRowsAsked::parse(Some(&vec!["7"; 101].join(",")), None).is_err());
    }
}
