//! Orders that came as JSON: one a line, read by the same reader that answered their sender.

use super::Stop;
use super::issues::Issues;
use super::open::Opened;
use super::read::{Sales, SalesFile, Workplace, read_context};
use crate::jobs::{JobContext, JobError};
use crate::sources::json_orders::{OrderReader, note_cleaned};
use crate::sources::{NewSource, OrderBook, names, unpack};
use domain::sources::{Channel, ColumnMeaning as M, FileKind, Mapping, OrderProblem};
use engine::ingestion::{CleaningLog, QualityWatch, ReadContext, RowIssue};
use serde_json::Value;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

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
    let orders = orders(&path).map_err(JobError::retry)?;
    let mut quality = Box::new(QualityWatch::new(&fields(&orders)));
    for (number, value) in (1_u64..).zip(&orders) {
        match reader.read(value) {
            Ok(order) => {
                note_cleaned(value, &order, number, &mut cleaning);
                for line in order.sales_lines(number) {
                    quality.line(&line.parsed());
                    book.add(&line)?;
                    rows_read += 1;
                }
            }
            Err(problems) => {
                let issue = issue(number, value, &problems);
                quality.issue(&issue);
                issues.add(&issue).map_err(JobError::retry)?;
            }
        }
    }
    issues.flush().map_err(JobError::retry)?;
    let (source, sales) = (source(&upload), Sales::InMemory(Box::new(book)));
    let (kind, time_zone) = (FileKind::Orders, merchant.time_zone);
    let remarks = Vec::new();
    let quality = Some(quality);
    Ok(Box::new(SalesFile { upload, source, sales, issues, rows_read, remarks, quality, kind, cleaning, time_zone, _workplace: workplace }))
}

/// The batch's orders, as they came: no more than are sent at once.
fn orders(path: &Path) -> io::Result<Vec<Value>> {
    let (lines, _) = unpack::open(path)?;
    BufReader::new(lines).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

/// The fields whose filling is watched: those that some order has.
fn fields(orders: &[Value]) -> Mapping {
    let pointers = [
        (M::OrderNumber, "/id"),
        (M::OrderedAt, "/ordered_at"),
        (M::OrderTotal, "/total"),
        (M::Country, "/country"),
        (M::City, "/city"),
        (M::CustomerId, "/customer/id"),
        (M::CustomerEmail, "/customer/email"),
        (M::CustomerName, "/customer/name"),
    ];
    let of_lines = [(M::Sku, "sku"), (M::ProductName, "title"), (M::Quantity, "quantity"), (M::UnitPrice, "unit_price")];
    let is_there = |value: Option<&Value>| value.is_some_and(|value| !value.is_null());
    let lines = || orders.iter().filter_map(|order| order.get("lines")?.as_array()).flatten();
    let of_orders = pointers.into_iter().filter(|(_, pointer)| orders.iter().any(|order| is_there(order.pointer(pointer))));
    let of_lines = of_lines.into_iter().filter(|(_, name)| lines().any(|line| is_there(line.get(*name))));
    let columns = of_orders.chain(of_lines).map(|(meaning, name)| (meaning, name.trim_start_matches('/').to_owned()));
    Mapping { columns: columns.collect(), ..Mapping::default() }
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
fn issue(number: u64, order: &Value, problems: &[OrderProblem]) -> RowIssue {
    let place = |problem: &OrderProblem| problem.pointer.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
    let column = problems.first().map(place).filter(|place| !place.is_empty());
    let reason: Vec<String> = problems.iter().take(5).map(|problem| format!("{}: {}", problem.pointer, problem.message)).collect();
    let raw = order.to_string().chars().take(RAW_CHARACTERS).collect();
    let order = order.get("id").and_then(Value::as_str).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
    RowIssue { line: number, column, reason: reason.join("; "), raw, order }
}
