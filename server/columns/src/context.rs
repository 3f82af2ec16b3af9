//! What a query can name: the tables of one shop, as of one manifest, and functions that touch nothing but their arguments.

use crate::error::ColumnsError;
use crate::facts_table::FactsTable;
use crate::hot::Hot;
use crate::manifest::Manifest;
use crate::tables::TABLES;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::SessionStateDefaults as Defaults;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::prelude::{SessionConfig, SessionContext, col, lit};
use std::path::Path;
use std::sync::Arc;

/// How many tasks one query is divided into.
const PARTITIONS: usize = 2;

/// A context that knows one shop's tables and nothing else.
pub(crate) fn context(
    runtime: Arc<RuntimeEnv>,
    hot: &Arc<Hot>,
    folder: &Path,
    merchant: i64,
    manifest: &Manifest,
) -> Result<SessionContext, ColumnsError> {
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
        let rows = Arc::new(FactsTable::new(folder, manifest, table, hot.clone())?);
        let columns = table.columns.iter().map(|(name, _)| col(*name));
        let of_merchant = std::iter::once(lit(merchant).alias("merchant_id")).chain(columns);
        let view = context.read_table(rows)?.select(of_merchant.collect::<Vec<_>>())?.into_view();
        context.register_table(table.name, view)?;
    }
    Ok(context)
}
