//! What a query can name: the tables of one shop, as of one manifest, and functions that touch nothing but their arguments.

use crate::error::ColumnsError;
use crate::manifest::Manifest;
use crate::tables::{TABLES, Table};
use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::SessionStateDefaults as Defaults;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::prelude::{SessionConfig, SessionContext, col, lit};
use std::path::Path;
use std::sync::Arc;
use url::Url;

/// How many tasks one query is divided into.
const PARTITIONS: usize = 2;

/// A context that knows one shop's tables and nothing else.
pub(crate) fn context(runtime: Arc<RuntimeEnv>, folder: &Path, merchant: i64, manifest: &Manifest) -> Result<SessionContext, ColumnsError> {
    let config = SessionConfig::new()
        .with_target_partitions(PARTITIONS)
        .with_information_schema(false)
        .with_create_default_catalog_and_schema(true)
        .with_collect_statistics(true);
    // No table functions, no file formats, no table factories: nothing of a statement leads to a file.
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(runtime)
        .with_expr_planners(Defaults::default_expr_planners())
        .with_scalar_functions(Defaults::default_scalar_functions())
        .with_aggregate_functions(Defaults::default_aggregate_functions())
        .with_window_functions(Defaults::default_window_functions())
        .build();
    let context = SessionContext::new_with_state(state);
    for table in TABLES {
        let rows = rows_of(folder, manifest, table)?;
        let columns = table.columns.iter().map(|(name, _)| col(*name));
        let of_merchant = std::iter::once(lit(merchant).alias("merchant_id")).chain(columns);
        let view = context.read_table(rows)?.select(of_merchant.collect::<Vec<_>>())?.into_view();
        context.register_table(table.name, view)?;
    }
    Ok(context)
}

fn rows_of(folder: &Path, manifest: &Manifest, table: &Table) -> Result<Arc<dyn TableProvider>, ColumnsError> {
    let mut files = Vec::new();
    for file in manifest.files_of(table) {
        let path = folder.join(&file.name);
        let url = Url::from_file_path(&path).map_err(|()| ColumnsError::Inside(format!("{} is no absolute path", path.display())))?;
        files.push(ListingTableUrl::try_new(url, None)?);
    }
    if files.is_empty() {
        return Ok(Arc::new(EmptyTable::new(table.schema())));
    }
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(files).with_listing_options(options).with_schema(table.schema());
    Ok(Arc::new(ListingTable::try_new(config)?))
}
