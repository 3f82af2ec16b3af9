//! All rows behind a card as a file.

use domain::{AppError, ErrorKind, Permission, format};

use super::card_rows::{RowsAsked, asked};
use super::fact_table::{Facts, table};
use crate::analytics::{Behind, Reading, overview};
use crate::dashboards::exports::{CardTable, TableFile, TableFormat, write};
use crate::{Actor, Result, Services};

/// The most rows of a file.
const ROWS: u64 = 50_000;
/// So many are read at a time.
const AT_ONCE: u32 = 5_000;

/// All rows behind a card, as [`super::card_rows`] shows them page by page.
pub async fn rows_file(services: &Services, actor: &Actor, rows: RowsAsked, format: TableFormat) -> Result<TableFile> {
    actor.require(Permission::SeeFigures)?;
    let tx = Reading::page(services, actor.merchant_id).await?;
    let table = tx.whole_in_time(read(services, actor, &tx, &rows)).await?;
    // All is read: whoever waits to read need not wait for the file.
    drop(tx);
    let services = services.clone();
    tokio::task::spawn_blocking(move || write(&services, &table, format)).await.map_err(anyhow::Error::from)?
}

async fn read(services: &Services, actor: &Actor, tx: &Reading, rows: &RowsAsked) -> Result<CardTable> {
    let overview = overview(services, actor, tx).await?;
    let asked = asked(services, actor, (tx, &overview), rows).await?;
    let behind = Behind::of(services, tx, &overview, &asked.question, asked.currency).await?;
    let (count, _) = behind.sums().await?;
    if count > ROWS {
        let [count, most] = [count, ROWS].map(|number| format::number(i64::try_from(number).unwrap_or(i64::MAX)));
        let words = format!("there are {count} rows, and a file holds at most {most}; choose fewer days, or filter");
        return Err(AppError::new(ErrorKind::Validation, words).into());
    }
    let mut whole = table(&behind, &asked, &Facts::read(tx, actor, behind.page(0, AT_ONCE).await?).await?);
    while (whole.rows.len() as u64) < count {
        let facts = Facts::read(tx, actor, behind.page(whole.rows.len() as u64, AT_ONCE).await?).await?;
        let more = table(&behind, &asked, &facts).rows;
        if more.is_empty() {
            break;
        }
        whole.rows.extend(more);
    }
    Ok(CardTable::of(&overview, (asked.board, format!("{}, rows", asked.card.heading())), asked.range, &asked.question.filters, whole))
}
