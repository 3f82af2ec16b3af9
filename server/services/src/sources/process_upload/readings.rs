//! How amounts and dates are written where no row of the file tells: as its vendor writes them, or asked. Never taken to be a thousandth unsaid.

use super::Stop;
use super::open::Inspected;
use crate::jobs::{JobContext, JobError};
use crate::sources::unpack;
use domain::sources::{Ambiguity, DateOrder, Mapping};
use engine::ingestion::{OpenReadings, Recognition, Rows, open_readings, vendor_name};
use std::io::Read;

/// Whether the file can be read.
pub(super) enum Readings {
    /// With this mapping, and what is to be said about it.
    Known(Mapping, Vec<String>),
    /// The sentence that asks.
    Asked(String),
}

/// Settles what the rows leave open. Whoever confirmed the columns of this upload saw the question about its amounts.
pub(super) async fn settle_readings(
    context: &JobContext,
    inspected: &Inspected,
    recognition: &Recognition,
    mut mapping: Mapping,
) -> Result<Readings, Stop> {
    let open = find_open(context, inspected, recognition, &mapping).await?;
    let mut remarks = Vec::new();
    match (open.decimals, recognition.habits.decimal_comma) {
        (None, _) => {}
        (Some(_), Some(comma)) => mapping.decimal_comma = Some(comma),
        (Some(asked), None) if inspected.opened.upload.mapping.is_none() => return Ok(Readings::Asked(ask_of(&asked))),
        (Some(asked), None) => remarks.push(assumed(&asked)),
    }
    match (open.dates, recognition.habits.date_order) {
        (Some(_), Some(order)) => {
            mapping.date_order = Some(order);
            remarks.push(by_habit(order, recognition.vendor));
        }
        (Some(asked), None) if open.has_two_digit_years => return Ok(Readings::Asked(ask_of(&asked))),
        // Each of them is the same day in both orders.
        (None, _) if open.has_two_digit_years => mapping.date_order = Some(DateOrder::DayMonthYear),
        _ => {}
    }
    Ok(Readings::Known(mapping, remarks))
}

async fn find_open(context: &JobContext, inspected: &Inspected, recognition: &Recognition, mapping: &Mapping) -> Result<OpenReadings, Stop> {
    let shop = inspected.opened.merchant.currency.parse().map_err(JobError::fail)?;
    let (path, inspection, mapping) = (inspected.opened.path.clone(), inspected.inspection.clone(), mapping.clone());
    let (habits, upload_max_bytes, pulse) = (recognition.habits, context.services.config.upload_max_bytes, context.pulse.clone());
    let work = tokio::task::spawn_blocking(move || {
        // One that cannot be opened tells nothing here; reading its rows says why.
        let open = || Some(Box::new(unpack::open(&path).ok()?.0.for_uploads_of(upload_max_bytes)) as Box<dyn Read>);
        let rows = Rows { open: &open, most_bytes: u64::MAX, is_wanted: &|| pulse.check().is_ok() };
        open_readings(&inspection, &mapping, shop, habits, &rows)
    });
    let open = work.await.map_err(|error| JobError::retry(anyhow::Error::from(error)))?;
    context.pulse.check()?;
    Ok(open)
}

/// What a person is asked about a column.
pub(super) fn ask_of(asked: &Ambiguity) -> String {
    let (column, question) = (&asked.column, &asked.question);
    let example = asked.evidence.first().map(|evidence| format!(" {evidence}.")).unwrap_or_default();
    format!("Of “{column}”, nothing in the file tells: {question}{example} Answer, and the file is read.")
}

fn assumed(asked: &Ambiguity) -> String {
    let example = asked.evidence.first().map(|evidence| format!(": {evidence}")).unwrap_or_default();
    format!(
        "Nothing in the file tells whether the numbers in “{}” have thousands or decimals{example}. Nobody said, so they were read with a decimal point.",
        asked.column
    )
}

fn by_habit(order: DateOrder, vendor: Option<&str>) -> String {
    let order = match order {
        DateOrder::MonthDayYear => "month before day",
        DateOrder::DayMonthYear => "day before month",
        DateOrder::YearMonthDay => "year first",
    };
    let mend = "If that is wrong, change what the columns mean, and the file is read again in the other order.";
    let vendor = vendor.map_or("its vendor", vendor_name);
    format!("No date in this file tells whether day or month comes first; they were read as {order}, as {vendor} writes them. {mend}")
}
