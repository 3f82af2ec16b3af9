//! Orders that came as JSON: one a line, read by the same reader that answered their sender.

use super::Stop;
use super::issues::Issues;
use super::open::Opened;
use super::read::{Sales, SalesFile, Workplace, read_context};
use crate::jobs::{JobContext, JobError};
use crate::sources::json_orders::{OrderReader, note_cleaned};
use crate::sources::{NewSource, OrderBook, names, unpack};
use domain::sources::{Channel, FileKind, Mapping, OrderProblem};
use engine::ingestion::{CleaningLog, ReadContext, RowIssue};
use serde_json::Value;
use std::io::{BufRead, BufReader};

/// What orders by API are known by; their ids are their source's own.
const SOURCE: &str = "orders-api";
/// The longest raw text an issue carries.
const RAW_CHARACTERS: usize = 4_000;

/// Reads the orders.
pub(super) async fn read(context: &JobContext, opened: Opened) -> Result<Box<SalesFile>, Stop> {
    let workplace = Workplace(names::work_folder(&context.services).join(context.attempt_name()));
    let read = tokio::task::spawn_blocking(move || read_lines(opened, workplace));
    let file = read.await.map_err(|error| JobError::retry(anyhow::Error::from(error)))??;
    if file.rows_read == 0 { Err(Stop::NoSales(file)) } else { Ok(file) }
}

fn read_lines(opened: Opened, workplace: Workplace) -> Result<Box<SalesFile>, Stop> {
    let Opened { upload, merchant, path } = opened;
    let (mut book, mut issues, mut rows_read) = (OrderBook::default(), Issues::new(workplace.0.clone()), 0);
    let context: ReadContext = read_context(&merchant)?;
    let (mut reader, mut cleaning) = (OrderReader::new(context), CleaningLog::default());
    let (lines, _) = unpack::open(&path).map_err(JobError::retry)?;
    for (number, line) in (1_u64..).zip(BufReader::new(lines).lines()) {
        let line = line.map_err(JobError::retry)?;
        let value: Value = serde_json::from_str(&line).map_err(JobError::retry)?;
        match reader.read(&value) {
            Ok(order) => {
                note_cleaned(&value, &order, number, &mut cleaning);
                for line in order.sales_lines(number) {
                    book.add(&line)?;
                    rows_read += 1;
                }
            }
            Err(problems) => issues.add(&issue(number, &line, value.get("id"), &problems)).map_err(JobError::retry)?,
        }
    }
    issues.flush().map_err(JobError::retry)?;
    let (source, sales) = (source(&upload), Sales::InMemory(Box::new(book)));
    let (kind, time_zone) = (FileKind::Orders, merchant.time_zone);
    let remarks = Vec::new();
    Ok(Box::new(SalesFile { upload, source, sales, issues, rows_read, remarks, quality: None, kind, cleaning, time_zone, _workplace: workplace }))
}

fn source(upload: &entity::upload::Model) -> NewSource {
    let said: Option<Mapping> = upload.mapping.as_deref().and_then(|json| serde_json::from_str(json).ok());
    NewSource {
        key: upload.source_name.as_ref().map_or_else(|| SOURCE.to_owned(), |name| format!("{SOURCE}/{}", name.to_lowercase())),
        name: upload.source_name.clone().unwrap_or_else(|| "Orders by API".to_owned()),
        vendor: None,
        channel: said.map_or(Channel::Online, |mapping| mapping.channel),
        mapping: None,
    }
}

/// A rejected order is one row.
fn issue(number: u64, line: &str, id: Option<&Value>, problems: &[OrderProblem]) -> RowIssue {
    let place = |problem: &OrderProblem| problem.pointer.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
    let column = problems.first().map(place).filter(|place| !place.is_empty());
    let reason: Vec<String> = problems.iter().take(5).map(|problem| format!("{}: {}", problem.pointer, problem.message)).collect();
    let order = id.and_then(Value::as_str).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
    let raw = line.chars().take(RAW_CHARACTERS).collect();
    RowIssue { line: number, column, reason: reason.join("; "), raw, order, is_misshapen: false }
}
