//! Rows become a Parquet file: dictionary codes for texts, statistics a column, LZ4 over it.

use crate::error::ColumnsError;
use crate::manifest::FileEntry;
use crate::tables::{Kind, Table};
use arrow::array::{ArrayRef, BooleanBuilder, Int32Builder, Int64Builder, RecordBatch, StringViewBuilder};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// So many rows are held before they are written.
const ROWS_AT_ONCE: usize = 32 * 1024;

/// Writes one file of a table, a value at a time, column by column.
pub struct TableWriter {
    table: &'static Table,
    columns: Vec<Builder>,
    file: ArrowWriter<File>,
    name: String,
    path: PathBuf,
    month: Option<i32>,
    held: usize,
    rows: u64,
}

enum Builder {
    /// With the sum of its absolute values, where questions add its values up.
    Int {
        values: Int64Builder,
        magnitude: Option<u128>,
    },
    Small(Int32Builder),
    Flag(BooleanBuilder),
    Text(StringViewBuilder),
}

impl Builder {
    fn of((name, kind): &(&str, Kind)) -> Self {
        let is_summed = name.ends_with("_minor") || name.ends_with("_milli");
        match kind {
            Kind::Int => Self::Int { values: Int64Builder::new(), magnitude: is_summed.then_some(0) },
            Kind::Small => Self::Small(Int32Builder::new()),
            Kind::Flag => Self::Flag(BooleanBuilder::new()),
            Kind::Text => Self::Text(StringViewBuilder::new().with_deduplicate_strings()),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Int { values, .. } => Arc::new(values.finish()),
            Self::Small(values) => Arc::new(values.finish()),
            Self::Flag(values) => Arc::new(values.finish()),
            Self::Text(values) => Arc::new(values.finish()),
        }
    }
}

impl TableWriter {
    /// A new file at `path`, which must not be there.
    pub(crate) fn create(table: &'static Table, path: PathBuf, name: String, month: Option<i32>) -> Result<Self, ColumnsError> {
        let properties = WriterProperties::builder().set_compression(Compression::LZ4_RAW).set_created_by("tradepost".to_owned()).build();
        let file = ArrowWriter::try_new(File::create_new(&path)?, table.schema(), Some(properties))?;
        let columns = table.columns.iter().map(Builder::of).collect();
        Ok(Self { table, columns, file, name, path, month, held: 0, rows: 0 })
    }

    /// Which table it writes.
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// The value of a column of numbers in the row that is being written.
    pub fn number(&mut self, column: usize, value: Option<i64>) -> Result<(), ColumnsError> {
        match &mut self.columns[column] {
            Builder::Int { values, magnitude } => {
                if let Some(magnitude) = magnitude {
                    *magnitude += u128::from(value.unwrap_or_default().unsigned_abs());
                }
                values.append_option(value);
            }
            Builder::Small(values) => {
                let small = value.map(i32::try_from).transpose();
                values.append_option(small.map_err(|_| ColumnsError::Inside(format!("{value:?} does not fit into a small column")))?);
            }
            Builder::Flag(_) | Builder::Text(_) => return Err(self.wrong_kind(column)),
        }
        Ok(())
    }

    /// The value of a column that says whether it is so.
    pub fn flag(&mut self, column: usize, value: Option<bool>) -> Result<(), ColumnsError> {
        let Builder::Flag(values) = &mut self.columns[column] else { return Err(self.wrong_kind(column)) };
        values.append_option(value);
        Ok(())
    }

    /// The value of a column of texts.
    pub fn text(&mut self, column: usize, value: Option<&str>) -> Result<(), ColumnsError> {
        let Builder::Text(values) = &mut self.columns[column] else { return Err(self.wrong_kind(column)) };
        values.append_option(value);
        Ok(())
    }

    fn wrong_kind(&self, column: usize) -> ColumnsError {
        let (name, kind) = self.table.columns[column];
        ColumnsError::Inside(format!("{}.{name} is a column of {kind:?}", self.table.name))
    }

    /// Ends a row; answers whether [`TableWriter::flush`] is due.
    pub fn end_row(&mut self) -> bool {
        self.held += 1;
        self.held >= ROWS_AT_ONCE
    }

    /// Writes the rows that are held. Work for a thread that may block.
    pub fn flush(&mut self) -> Result<(), ColumnsError> {
        if self.held > 0 {
            let columns = self.columns.iter_mut().map(Builder::finish).collect();
            self.file.write(&RecordBatch::try_new(self.table.schema(), columns)?)?;
            self.rows += self.held as u64;
            self.held = 0;
        }
        Ok(())
    }

    /// Writes the rest and makes the file last. Work for a thread that may block.
    pub fn finish(mut self) -> Result<FileEntry, ColumnsError> {
        self.flush()?;
        self.file.finish()?;
        let file = self.file.inner();
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        let magnitude = |column: &Builder| if let Builder::Int { magnitude, .. } = column { *magnitude } else { None };
        let magnitude = self.columns.iter().filter_map(magnitude).max().unwrap_or_default();
        let magnitude = u64::try_from(magnitude).unwrap_or(u64::MAX);
        Ok(FileEntry { table: self.table.name.to_owned(), name: self.name, month: self.month, rows: self.rows, bytes, magnitude })
    }

    /// Where the file is.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }
}
