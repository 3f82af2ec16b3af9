//! Parquet files as rows of text: plain columns only, a batch at a time.

use super::super::problem::FileProblem;
use super::number_text::number_text;
use super::rows::{MOST_CELLS, Rows};
use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, Float32Array, Float64Array, RecordBatch, StringArray};
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::ChunkReader;
use std::borrow::Cow;
use std::io::Write;
use std::panic::AssertUnwindSafe;

/// So many rows are held at once.
const ROWS_AT_ONCE: usize = 1024;
/// More columns are no table.
const MOST_COLUMNS: usize = 16_384;

/// Instants are in UTC here, whatever zone their writer knew: Parquet stores them so.
const FORMATS: FormatOptions<'static> = FormatOptions::new()
    .with_display_error(false)
    .with_timestamp_format(Some("%Y-%m-%d %H:%M:%S%.f"))
    .with_timestamp_tz_format(Some("%Y-%m-%dT%H:%M:%S%.fZ"));

/// Writes a Parquet file's rows as comma-separated text; what it would unpack to is checked against its own directory first.
pub fn write_parquet(reader: impl ChunkReader + 'static, most_bytes: u64, out: impl Write) -> Result<(), FileProblem> {
    // The library asserts what a damaged page breaks.
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| write(reader, most_bytes, out)));
    outcome.unwrap_or_else(|_| Err(FileProblem::Parquet("it is damaged".to_owned())))
}

fn write(reader: impl ChunkReader + 'static, most_bytes: u64, out: impl Write) -> Result<(), FileProblem> {
    // Without the writer's own notes on types: what those claim need not be true, and codes of a dictionary become plain texts.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let file = ParquetRecordBatchReaderBuilder::try_new_with_options(reader, options).map_err(|error| problem(&error))?;
    check(file.metadata(), most_bytes)?;
    let schema = file.schema().clone();
    if let Some(nested) = schema.fields().iter().find(|field| field.data_type().is_nested()) {
        return Err(FileProblem::NestedColumn(nested.name().clone()));
    }
    let mut rows = Rows::new(out);
    rows.row(schema.fields().iter().map(|field| field.name().as_str()))?;
    for batch in file.with_batch_size(ROWS_AT_ONCE).build().map_err(|error| problem(&error))? {
        write_batch(&batch.map_err(|error| problem(&error))?, &mut rows)?;
    }
    rows.finish()
}

fn check(metadata: &ParquetMetaData, most_bytes: u64) -> Result<(), FileProblem> {
    let columns = metadata.file_metadata().schema_descr().num_columns();
    if columns > MOST_COLUMNS {
        return Err(FileProblem::TooManyColumns(columns));
    }
    let count = |number: i64| u64::try_from(number).unwrap_or(u64::MAX);
    let cells = count(metadata.file_metadata().num_rows()).saturating_mul(columns as u64);
    let bytes = metadata.row_groups().iter().fold(0_u64, |sum, group| sum.saturating_add(count(group.total_byte_size())));
    if cells > MOST_CELLS || bytes > most_bytes { Err(FileProblem::TooManyCells) } else { Ok(()) }
}

fn write_batch(batch: &RecordBatch, rows: &mut Rows<impl Write>) -> Result<(), FileProblem> {
    let columns = batch.columns().iter().map(Column::of).collect::<Result<Vec<_>, _>>()?;
    for row in 0..batch.num_rows() {
        let cells = columns.iter().map(|column| column.text(row)).collect::<Result<Vec<_>, _>>()?;
        rows.row(cells)?;
    }
    Ok(())
}

fn problem(error: &impl std::fmt::Display) -> FileProblem {
    FileProblem::Parquet(error.to_string().chars().take(200).collect())
}

/// A batch's column, as its cells are written.
enum Column<'a> {
    /// Texts, also of programs that do not say that their bytes are texts.
    Bytes(&'a BinaryArray),
    Text(&'a StringArray),
    Small(&'a Float32Array),
    Float(&'a Float64Array),
    Other(ArrayFormatter<'a>),
}

impl<'a> Column<'a> {
    fn of(array: &'a ArrayRef) -> Result<Self, FileProblem> {
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Text(array.as_string()),
            DataType::Binary => Self::Bytes(array.as_binary()),
            DataType::Float32 => Self::Small(array.as_primitive()),
            DataType::Float64 => Self::Float(array.as_primitive()),
            _ => Self::Other(ArrayFormatter::try_new(array, &FORMATS).map_err(|error| problem(&error))?),
        })
    }

    fn text(&self, row: usize) -> Result<Cow<'a, str>, FileProblem> {
        Ok(match self {
            Self::Bytes(bytes) if bytes.is_valid(row) => String::from_utf8_lossy(bytes.value(row)),
            Self::Text(texts) if texts.is_valid(row) => Cow::Borrowed(texts.value(row)),
            Self::Small(numbers) if numbers.is_valid(row) && numbers.value(row).is_finite() => Cow::Owned(numbers.value(row).to_string()),
            Self::Float(numbers) if numbers.is_valid(row) => Cow::Owned(number_text(numbers.value(row))),
            Self::Other(others) => Cow::Owned(others.value(row).try_to_string().map_err(|error| problem(&error))?),
            _ => Cow::Borrowed(""),
        })
    }
}
