//! A shop's facts, read in one transaction, become the files of its copy.

use columns::{Build, FileEntry, Kind, Table, TableWriter};
use domain::Day;
use domain::ids::MerchantId;
use futures::TryStreamExt as _;
use sea_orm::{ConnectionTrait as _, QueryResult, Statement, StreamTrait as _};

use crate::analytics::statements::backend;
use crate::db::Tx;
use crate::{Result, Services};

/// Writes a table's files: one a month that is asked for, or one in all.
pub(super) async fn export_table(
    services: &Services,
    tx: &Tx,
    merchant: MerchantId,
    table: &'static Table,
    months: &[i32],
    build: &mut Build,
) -> Result<()> {
    if !table.by_month {
        let entry = export_rows(services, tx, merchant, build.writer(table, None)?, None).await?;
        build.add(entry);
        return Ok(());
    }
    for month in months.iter().copied() {
        let entry = export_rows(services, tx, merchant, build.writer(table, Some(month))?, Some(days_of(month))).await?;
        build.add(entry);
    }
    Ok(())
}

/// The orders of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    /// As `yyyymm`.
    pub month: i32,
    /// How many.
    pub orders: u64,
    /// How many lines they have.
    pub lines: u64,
}

/// The months in which a shop has orders.
pub(super) async fn months(services: &Services, tx: &Tx, merchant: MerchantId) -> Result<Vec<Month>> {
    let sql = "SELECT month, COUNT(*), CAST(SUM(line_count) AS BIGINT) FROM orders WHERE merchant_id = $1 GROUP BY month ORDER BY month";
    let rows = tx.query_all_raw(Statement::from_sql_and_values(backend(services), sql, [merchant.0.into()])).await?;
    let number = |row: &QueryResult, index: usize| -> Result<u64> { Ok(u64::try_from(row.try_get_by_index::<i64>(index)?).unwrap_or_default()) };
    rows.iter().map(|row| Ok(Month { month: row.try_get_by_index(0)?, orders: number(row, 1)?, lines: number(row, 2)? })).collect()
}

/// The first and the last day of a month.
fn days_of(month: i32) -> (Day, Day) {
    let first = |month: i32| Day::from_civil(month.div_euclid(100), u32::try_from(month.rem_euclid(100)).unwrap_or(1), 1).unwrap_or(Day(0));
    let next = if month.rem_euclid(100) == 12 { month + 89 } else { month + 1 };
    (first(month), first(next).plus_days(-1))
}

async fn export_rows(services: &Services, tx: &Tx, merchant: MerchantId, mut writer: TableWriter, days: Option<(Day, Day)>) -> Result<FileEntry> {
    let table = writer.table();
    let column = |(name, kind): &(&str, Kind)| match kind {
        Kind::Int | Kind::Small => format!("CAST({name} AS BIGINT)"),
        Kind::Flag | Kind::Text => (*name).to_owned(),
    };
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    let mut sql = format!("SELECT {} FROM {} WHERE merchant_id = $1", columns.join(", "), table.name);
    let mut values = vec![merchant.0.into()];
    if let Some((first, last)) = days {
        sql.push_str(" AND day >= $2 AND day <= $3");
        values.extend([first.0.into(), last.0.into()]);
    }
    sql = format!("{sql} ORDER BY {}", table.sorted_by);
    let mut rows = tx.stream_raw(Statement::from_sql_and_values(backend(services), sql, values)).await?;
    while let Some(row) = rows.try_next().await? {
        write_row(&mut writer, &row)?;
        if writer.end_row() {
            writer = blocking(move || writer.flush().map(|()| writer)).await?;
        }
    }
    blocking(move || writer.finish()).await
}

fn write_row(writer: &mut TableWriter, row: &QueryResult) -> Result<()> {
    for (index, (_, kind)) in writer.table().columns.iter().enumerate() {
        match kind {
            Kind::Int | Kind::Small => writer.number(index, row.try_get_by_index(index)?)?,
            Kind::Flag => writer.flag(index, row.try_get_by_index(index)?)?,
            Kind::Text => writer.text(index, row.try_get_by_index::<Option<String>>(index)?.as_deref())?,
        }
    }
    Ok(())
}

/// Encoding and syncing happen on a thread that may wait.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, columns::ColumnsError> + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        let days = |month: i32| {
            let (first, last) = days_of(month);
            format!("{first}..{last}")
        };
        assert_eq!(days(202_402), "2024-02-01..2024-02-29");
        assert_eq!(days(202_412), "2024-12-01..2024-12-31");
        assert_eq!(days(202_501), "2025-01-01..2025-01-31");
    }
}
