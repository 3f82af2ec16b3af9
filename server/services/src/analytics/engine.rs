//! Which engine answers: the database itself, or the columnar copy where there is one of exactly this version of the data.

use std::sync::Arc;

use columns::{ColumnsError, Snapshot, Table};
use domain::AppError;
use engine::planning::{Dialect, Plan, Raw};
use serde::{Deserialize, Serialize};

use crate::config::ColumnsUse;
use crate::db::Tx;
use crate::{Result, Services};

use super::statements;

/// Below so many order lines the database is as fast, and spares the copy.
pub(crate) const LINES_FOR_COLUMNS: u64 = 100_000;

/// An engine's name, as people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineName {
    /// The database.
    Sql,
    /// The columnar copy.
    Columns,
}

/// What answers the questions of one transaction.
#[derive(Clone)]
pub(crate) enum Engine {
    /// The transaction's database.
    Sql,
    /// A copy that holds what the transaction sees, no more and no less.
    Columns {
        /// That copy.
        snapshot: Arc<Snapshot>,
        /// Whether the database answers where the copy fails.
        falls_back: bool,
    },
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.name())
    }
}

impl Engine {
    /// The engine for a shop as a transaction sees it.
    pub(crate) fn choose(services: &Services, shop: &entity::merchant::Model) -> Self {
        let least = match services.config.columns {
            ColumnsUse::Never => return Self::Sql,
            ColumnsUse::Always => 0,
            ColumnsUse::Auto => LINES_FOR_COLUMNS,
        };
        let snapshot = services.columns.snapshot(shop.id.into()).unwrap_or_else(|error| {
            tracing::warn!(merchant.id = shop.id, error.cause = ?error, "a columnar copy cannot be read; the database answers");
            None
        });
        let lines = Table::named("order_lines").expect("the copy has order lines");
        let fits = |snapshot: &Arc<Snapshot>| {
            let manifest = &snapshot.manifest;
            let is_of_this_version = (manifest.data_version, manifest.changed_at) == (shop.data_version, shop.data_changed_at);
            is_of_this_version && manifest.sums_fit() && manifest.rows_of(lines) >= least
        };
        snapshot.filter(fits).map_or(Self::Sql, |snapshot| Self::Columns { snapshot, falls_back: true })
    }

    /// Its name.
    pub(crate) fn name(&self) -> EngineName {
        match self {
            Self::Sql => EngineName::Sql,
            Self::Columns { .. } => EngineName::Columns,
        }
    }

    /// The engine of that name and no other in its place; refused where there is no copy of this version.
    pub(crate) fn only(self, name: EngineName) -> Result<Self> {
        match (name, self) {
            (EngineName::Sql, _) => Ok(Self::Sql),
            (EngineName::Columns, Self::Columns { snapshot, .. }) => Ok(Self::Columns { snapshot, falls_back: false }),
            (EngineName::Columns, Self::Sql) => Err(AppError::conflict("there is no columnar copy of the newest data").into()),
        }
    }

    /// Compiles with `compile` for this engine and runs it; where the copy fails, the database answers in its place.
    pub(crate) async fn run(
        &self,
        services: &Services,
        tx: &Tx,
        compile: impl Fn(Dialect) -> Result<Plan, AppError>,
    ) -> Result<(Plan, Vec<Vec<Raw>>, EngineName)> {
        if let Self::Columns { snapshot, falls_back } = self {
            let plan = compile(Dialect::Columns)?;
            match services.columns.query(snapshot, &plan).await {
                Ok(rows) => return Ok((plan, rows, EngineName::Columns)),
                Err(error) if *falls_back => note(&error, &plan),
                Err(error) => return Err(error.into()),
            }
        }
        let plan = compile(statements::dialect(services))?;
        let rows = statements::run(services, tx, &plan).await?;
        Ok((plan, rows, EngineName::Sql))
    }

    /// How that engine runs a plan, a line a step, and how many facts it reads.
    pub(super) async fn plan_of(&self, services: &Services, tx: &Tx, plan: &Plan, by: EngineName) -> Result<(Vec<String>, u64)> {
        match (self, by) {
            (Self::Columns { snapshot, .. }, EngineName::Columns) => Ok(services.columns.explain(snapshot, plan).await?),
            _ => statements::plan_of(services, tx, plan).await,
        }
    }
}

fn note(error: &ColumnsError, plan: &Plan) {
    metrics::counter!("columns_failed").increment(1);
    tracing::warn!(error.cause = ?error, sql = plan.sql, "the columnar copy did not answer; the database does");
}
