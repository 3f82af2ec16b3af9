//! A table of the copy as queries see it: its columns from memory where they fit, else straight from the files.

use crate::days::Days;
use crate::error::ColumnsError;
use crate::hot::Hot;
use crate::manifest::{FileEntry, Manifest};
use crate::tables::{Kind, Table};
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, RecordBatchOptions, new_empty_array};
use arrow::compute::concat;
use arrow::datatypes::{Int32Type, Schema, SchemaRef};
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::DataFusionError;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

/// Rows of one batch: large enough to spread the cost of a call, small enough for the processor's cache.
const ROWS_AT_ONCE: usize = 64 * 1024;

/// The files of one table, as of one manifest.
pub(crate) struct FactsTable {
    table: &'static Table,
    files: Vec<(PathBuf, FileEntry)>,
    /// The same files, read as a query goes along them.
    cold: Option<ListingTable>,
    hot: Arc<Hot>,
}

impl std::fmt::Debug for FactsTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {} files", self.table.name, self.files.len())
    }
}

impl FactsTable {
    pub(crate) fn new(folder: &Path, manifest: &Manifest, table: &'static Table, hot: Arc<Hot>) -> Result<Self, ColumnsError> {
        let files: Vec<(PathBuf, FileEntry)> = manifest.files_of(table).map(|file| (folder.join(&file.name), file.clone())).collect();
        Ok(Self { cold: listing(table, &files)?, table, files, hot })
    }

    /// How many bytes columns of some rows take, about.
    fn bytes_of(&self, columns: &[usize], rows: u64) -> usize {
        let width = |column: &usize| match self.table.columns[*column].1 {
            Kind::Int => 8,
            Kind::Small => 4,
            Kind::Flag => 1,
            Kind::Text => 24,
        };
        usize::try_from(rows).unwrap_or(usize::MAX).saturating_mul(columns.iter().map(width).sum())
    }

    /// The files that have rows of some days.
    fn files_of(&self, days: Days) -> Vec<PathBuf> {
        let has_some = |file: &FileEntry| file.month.is_none_or(|month| days.meets(month));
        self.files.iter().filter(|(_, file)| has_some(file)).map(|(path, _)| path.clone()).collect()
    }

    /// The engine passes over files that are not there; an answer without their rows would be wrong.
    fn check_files(&self) -> Result<(), ColumnsError> {
        for (path, file) in &self.files {
            if std::fs::metadata(path)?.len() != file.bytes {
                return Err(ColumnsError::Inside(format!("{} is not as long as it was written", path.display())));
            }
        }
        Ok(())
    }

    /// The rows of some days with some columns, in parts that can be worked on side by side.
    async fn batches(&self, columns: &[usize], days: Days, parts: usize) -> Result<Vec<Vec<RecordBatch>>, ColumnsError> {
        let is_cut = self.table.by_month && !days.is_all();
        let day = self.table.columns.iter().position(|(name, _)| *name == "day").filter(|_| is_cut);
        let wanted = Wanted { schema: Arc::new(self.schema().project(columns)?), columns: columns.iter().copied().chain(day).collect(), day, days };
        let files = self.files_of(days);
        let work = |files: &[PathBuf]| {
            let (hot, files, wanted) = (self.hot.clone(), files.to_vec(), wanted.clone());
            tokio::task::spawn_blocking(move || wanted.batches(&hot, &files))
        };
        let tasks: Vec<_> = files.chunks(files.len().div_ceil(parts.max(1)).max(1)).map(work).collect();
        let (mut partitions, mut next) = (vec![Vec::new(); parts.max(1)], 0);
        for task in tasks {
            for batch in task.await.map_err(|error| ColumnsError::Inside(error.to_string()))?? {
                partitions[next].push(batch);
                next = (next + 1) % parts.max(1);
            }
        }
        Ok(partitions)
    }
}

/// What a query wants of files.
#[derive(Clone)]
struct Wanted {
    schema: SchemaRef,
    /// The columns of the schema, and the day's where rows are cut by it.
    columns: Vec<usize>,
    day: Option<usize>,
    days: Days,
}

impl Wanted {
    fn batches(&self, hot: &Hot, files: &[PathBuf]) -> Result<Vec<RecordBatch>, ColumnsError> {
        let mut batches = Vec::new();
        for file in files {
            let (mut arrays, rows) = read(hot, file, &self.columns)?;
            let rows = match self.day.and_then(|_| arrays.pop()) {
                Some(day) => self.days.rows(day.as_primitive::<Int32Type>().values()),
                None => 0..rows,
            };
            cut(&self.schema, &arrays, rows, &mut batches)?;
        }
        Ok(batches)
    }
}

/// Columns of a file, each as one array, and how many rows it has; what is not in memory is read and kept there.
fn read(hot: &Hot, path: &Path, columns: &[usize]) -> Result<(Vec<ArrayRef>, usize), ColumnsError> {
    let mut found = hot.get(path, columns);
    let mut missing: Vec<usize> = columns.iter().zip(&found).filter(|(_, array)| array.is_none()).map(|(column, _)| *column).collect();
    missing.sort_unstable();
    missing.dedup();
    let known_rows = found.iter().flatten().next().map(|array| array.len());
    let mut rows = known_rows.unwrap_or_default();
    if !missing.is_empty() || known_rows.is_none() {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?;
        rows = usize::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or_default();
        let mask = ProjectionMask::roots(builder.parquet_schema(), missing.iter().copied());
        let schema = builder.schema().clone();
        let batches = builder.with_projection(mask).with_batch_size(64 * 1024).build()?.collect::<Result<Vec<_>, _>>()?;
        for (position, column) in missing.iter().enumerate() {
            let chunks: Vec<&dyn Array> = batches.iter().map(|batch| batch.column(position).as_ref()).collect();
            let array = if chunks.is_empty() { new_empty_array(schema.field(*column).data_type()) } else { concat(&chunks)? };
            hot.keep(path, *column, array.clone());
            let places = columns.iter().zip(&mut found).filter(|(wanted, _)| *wanted == column);
            places.for_each(|(_, place)| *place = Some(array.clone()));
        }
    }
    Ok((found.into_iter().flatten().collect(), rows))
}

/// Rows of arrays in batches.
fn cut(schema: &SchemaRef, arrays: &[ArrayRef], rows: Range<usize>, batches: &mut Vec<RecordBatch>) -> Result<(), ColumnsError> {
    for start in rows.clone().step_by(ROWS_AT_ONCE) {
        let length = ROWS_AT_ONCE.min(rows.end - start);
        let columns = arrays.iter().map(|array| array.slice(start, length)).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(length));
        batches.push(RecordBatch::try_new_with_options(schema.clone(), columns, &options)?);
    }
    Ok(())
}

fn listing(table: &'static Table, files: &[(PathBuf, FileEntry)]) -> Result<Option<ListingTable>, ColumnsError> {
    let mut urls = Vec::new();
    for (path, _) in files {
        let url = Url::from_file_path(path).map_err(|()| ColumnsError::Inside(format!("{} is no absolute path", path.display())))?;
        urls.push(ListingTableUrl::try_new(url, None)?);
    }
    if urls.is_empty() {
        return Ok(None);
    }
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(table.schema());
    Ok(Some(ListingTable::try_new(config)?))
}

#[async_trait]
impl TableProvider for FactsTable {
    fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>, DataFusionError> {
        // They are checked again on every row that is left.
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>, DataFusionError> {
        let columns: Vec<usize> = projection.cloned().unwrap_or_else(|| (0..self.table.columns.len()).collect());
        let days = Days::of(filters);
        let has_some = |file: &FileEntry| file.month.is_none_or(|month| days.meets(month));
        let rows = self.files.iter().filter(|(_, file)| has_some(file)).map(|(_, file)| file.rows).sum();
        if let Some(cold) = self.cold.as_ref().filter(|_| !self.hot.fits(self.bytes_of(&columns, rows))) {
            self.check_files().map_err(|error| DataFusionError::External(error.into()))?;
            return cold.scan(state, projection, filters, limit).await;
        }
        let parts = state.config().target_partitions();
        let batches = self.batches(&columns, days, parts).await.map_err(|error| DataFusionError::External(error.into()))?;
        let schema: Schema = self.schema().project(&columns)?;
        Ok(MemorySourceConfig::try_new_exec(&batches, Arc::new(schema), None)?)
    }
}
