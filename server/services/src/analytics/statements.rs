//! Running a compiled question.

use domain::{AppError, ErrorKind};
use engine::planning::{Dialect, Output, Plan, Raw, Value};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};

use crate::db::{Backend, Tx};
use crate::{Result, ServiceError, Services};

/// The tables of facts: the others are small beside them.
const FACTS: [&str; 4] = ["orders", "order_lines", "inventory_levels", "ad_spend"];

/// The database's name in statements.
pub(super) fn backend(services: &Services) -> DbBackend {
    match services.db.backend() {
        Backend::Sqlite => DbBackend::Sqlite,
        Backend::Postgres => DbBackend::Postgres,
    }
}

/// The database's name in plans.
pub(super) fn dialect(services: &Services) -> Dialect {
    match services.db.backend() {
        Backend::Sqlite => Dialect::Sqlite,
        Backend::Postgres => Dialect::Postgres,
    }
}

/// The rows that a plan brings.
pub(super) async fn run(services: &Services, tx: &Tx, plan: &Plan) -> Result<Vec<Vec<Raw>>> {
    let rows = tx.query_all_raw(statement(services, plan, "")).await.map_err(told)?;
    rows.iter().map(|row| read(row, &plan.outputs)).collect()
}

fn statement(services: &Services, plan: &Plan, lead: &str) -> Statement {
    let values = plan.params.iter().map(|value| match value {
        Value::Int(number) => sea_orm::Value::from(*number),
        Value::Text(text) => sea_orm::Value::from(text.clone()),
    });
    Statement::from_sql_and_values(backend(services), format!("{lead}{}", plan.sql), values.collect::<Vec<_>>())
}

/// The database's own plan, a line a step, and how many facts it reads: what PostgreSQL counts; on SQLite, which does not count, those of the
/// days that are asked for.
pub(super) async fn plan_of(services: &Services, tx: &Tx, plan: &Plan) -> Result<(Vec<String>, u64)> {
    let is_sqlite = services.db.backend() == Backend::Sqlite;
    let (lead, column) = if is_sqlite { ("EXPLAIN QUERY PLAN ", 3) } else { ("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ", 0) };
    let rows = tx.query_all_raw(statement(services, plan, lead)).await?;
    let lines = rows.iter().map(|row| Ok(row.try_get_by_index::<String>(column)?)).collect::<Result<Vec<_>>>()?;
    if !is_sqlite {
        let scanned = lines.iter().filter_map(|line| rows_of_scan(line)).sum();
        return Ok((lines, scanned));
    }
    let mut scanned = 0;
    for sql in counts_of_scans(plan) {
        let counted = tx.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
        let count: i64 = counted.ok_or_else(|| anyhow::anyhow!("a count is one row"))?.try_get_by_index(0)?;
        scanned += u64::try_from(count).unwrap_or_default();
    }
    Ok((lines, scanned))
}

/// Statements that count what each `FROM orders f` of a plan reads: a shop's facts, between the days that bound it.
fn counts_of_scans(plan: &Plan) -> Vec<String> {
    let number = |word: &str| match plan.params.get(word.strip_prefix(['$', '?'])?.parse::<usize>().ok()?.checked_sub(1)?)? {
        Value::Int(number) => Some(*number),
        Value::Text(_) => None,
    };
    let scans = plan.sql.split("FROM ").skip(1).filter_map(|scan| {
        let words: Vec<&str> = scan.split([' ', ')']).collect();
        let [table, name, ..] = words.as_slice() else { return None };
        let bound = |bound: &[&str]| {
            let column = bound[0].strip_prefix(name)?.strip_prefix('.')?;
            let bounds = matches!((column, bound[1]), ("merchant_id", "=") | ("day", ">=" | "<="));
            bounds.then(|| number(bound[2])).flatten().map(|number| format!("{column} {} {number}", bound[1]))
        };
        let bounds: Vec<String> = words.windows(3).filter_map(bound).collect();
        let is_counted = FACTS.contains(table) && !bounds.is_empty();
        is_counted.then(|| format!("SELECT COUNT(*) FROM {table} WHERE {}", bounds.join(" AND ")))
    });
    scans.collect()
}

/// The rows of a scan in PostgreSQL's plan: `Seq Scan on orders f (actual rows=20.00 loops=1)`.
fn rows_of_scan(line: &str) -> Option<u64> {
    let (kind, scan) = line.split_once(" Scan ")?;
    // What others brought is not read from a table, and what an index names is read behind it.
    if ["Subquery", "CTE", "Bitmap Index"].iter().any(|other| kind.ends_with(other)) {
        return None;
    }
    let (_, actual) = scan.split_once("actual rows=")?;
    let (rows, loops) = actual.trim_end_matches(')').split_once(" loops=")?;
    Some((rows.parse::<f64>().ok()? * loops.parse::<f64>().ok()?) as u64)
}

fn read(row: &QueryResult, outputs: &[Output]) -> Result<Vec<Raw>> {
    let cell = |(index, output): (usize, &Output)| -> Result<Raw> {
        Ok(match output {
            Output::Float => row.try_get_by_index::<Option<f64>>(index)?.map_or(Raw::Null, Raw::Float),
            Output::Text => row.try_get_by_index::<Option<String>>(index)?.map_or(Raw::Null, Raw::Text),
            _ => match row.try_get_by_index::<Option<i64>>(index) {
                Ok(number) => number.map_or(Raw::Null, Raw::Int),
                // A product that leaves 64 bits becomes a float in SQLite.
                Err(_) if row.try_get_by_index::<f64>(index).is_ok() => return Err(too_large().into()),
                Err(error) => return Err(error.into()),
            },
        })
    };
    outputs.iter().enumerate().map(cell).collect()
}

/// A sum that leaves 64 bits is told in words; every other failure stays what it is.
pub(super) fn told(error: DbErr) -> ServiceError {
    let text = error.to_string();
    if text.contains("integer overflow") || text.contains("out of range") {
        return too_large().into();
    }
    error.into()
}

fn too_large() -> AppError {
    AppError::new(ErrorKind::Validation, "the amounts are too large to be added up; ask for fewer days, or filter")
}
