//! What can be wrong with a file or a row, in words.

use thiserror::Error;

/// Why a file as a whole cannot be read. Its text is the sentence a person sees.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileProblem {
    /// Not a byte in it, or only blanks.
    #[error("the file is empty; export it again and look whether it has rows")]
    Empty,
    /// Known by its first bytes to be no text.
    #[error("this is {0}, not a CSV file; {1}")]
    NotText(&'static str, &'static str),
    /// Bytes that are no text of any kind we know.
    #[error("the file holds bytes that are not text; export it as CSV and try again")]
    Binary,
    /// The first rows hold values, not names.
    #[error("the first row holds values and no column names; add a row with names such as order number, date, product, quantity and price")]
    NoHeader,
    /// Everything stands in one column.
    #[error("no columns were found; a sales file has columns parted by commas, semicolons, tabs or bars, with their names in the first row")]
    OneColumn,
    /// More columns than a table has.
    #[error("the first row has {0} columns; a sales file has at most 16,384")]
    TooManyColumns(usize),
    /// A header and nothing below.
    #[error("the file has column names but no rows below them")]
    NoRows,
    /// A mapping names a column that the file lacks.
    #[error("the column “{0}” is not in this file; choose another column for it")]
    ColumnMissing(String),
    /// A mapping leaves out what every sale needs.
    #[error("the file cannot be read before these are mapped: {0}")]
    NotMapped(String),
    /// A workbook behind a password.
    #[error("the workbook is protected by a password; save it without one and upload it again")]
    Protected,
    /// A workbook that cannot be understood.
    #[error("the workbook cannot be read ({0}); open it, save it again as .xlsx or CSV, and upload that file")]
    Workbook(String),
    /// A sheet that was asked for.
    #[error("the workbook has no sheet “{0}”; it has: {1}")]
    NoSuchSheet(String, String),
    /// JSON that is not rows.
    #[error("the JSON file cannot be read as rows: {0}")]
    Json(String),
    /// A Parquet file that cannot be understood.
    #[error("the Parquet file cannot be read ({0}); write it again, or save its rows as CSV, and upload that file")]
    Parquet(String),
    /// A column that holds lists or records.
    #[error(
        "the column “{0}” holds lists or records within its cells; write a plain column for each value, a row for each line of an order, and upload that file"
    )]
    NestedColumn(String),
    /// A workbook made to fill a server.
    #[error("the file unpacks to more cells than a sales file has; split it and upload the parts")]
    TooManyCells,
    /// The rows could not be written on their way.
    #[error("the file's rows could not be kept while it was read ({0}); try again")]
    Unwritable(String, std::io::ErrorKind),
    /// The file could not be read to its end.
    #[error("the file could not be read to its end: {0}")]
    Unreadable(String),
}

/// A row that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowIssue {
    /// The line of the file on which the row begins, counted from 1.
    pub line: u64,
    /// The header of the cell that is wrong, if one is.
    pub column: Option<String>,
    /// What is wrong and how to mend it.
    pub reason: String,
    /// The row as it stands in the file, cut after 16 KiB.
    pub raw: String,
    /// The number of its order (in a list of refunds, of its refund), as far as that can be read.
    pub order: Option<String>,
}

/// The longest raw text an issue carries.
const RAW_BYTES: usize = 16 * 1024;

impl RowIssue {
    /// An issue with a row's bytes as they came.
    pub(super) fn new(line: u64, column: Option<&str>, reason: impl Into<String>, raw: &[u8]) -> Self {
        let cut = &raw[..raw.len().min(RAW_BYTES)];
        let mut text = String::from_utf8_lossy(cut).replace('\0', "\u{fffd}");
        if cut.len() < raw.len() {
            text.push('…');
        }
        Self { line, column: column.map(str::to_owned), reason: reason.into(), raw: text, order: None }
    }

    /// The same with the number of its order.
    pub(super) fn of_order(self, order: Option<String>) -> Self {
        Self { order, ..self }
    }
}
