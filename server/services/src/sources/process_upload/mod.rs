//! The job that reads an upload into the figures: named steps over one value. Only the last writes facts, all in one transaction.

mod discounts;
mod earlier_prices;
mod fact_of;
mod grouping;
mod issues;
mod open;
mod quality_report;
mod read;
mod read_orders;
mod read_records;
mod readings;
mod recognise;
mod refuse;
mod remarks;
mod sale_of;
mod stop;
mod store_sales;
mod told_twice;
mod trial;
mod trial_cells;

pub(super) use discounts::{Looking, WHILE_WAITED_FOR, read_discounts};
pub(super) use open::{Looked, Unreadable, look, stored_path};
pub(super) use read::read_context;
pub(super) use recognise::{own_key, remembered};
pub(super) use stop::Stop;
pub(super) use trial::{Trial, try_file};

use crate::jobs::{JobContext, JobResult, Outcome};
use crate::sources::origin::Origin;
use recognise::Recognised;

/// Reads an upload into the figures.
pub(crate) async fn process_upload(context: &JobContext) -> JobResult {
    match steps(context).await {
        Ok(outcome) => Ok(outcome),
        Err(Stop::File(sentence)) => refuse::refuse(context, &sentence).await,
        Err(Stop::NoSales(file)) => refuse::refuse_without_sales(context, *file).await,
        Err(Stop::Job(error)) => Err(error),
    }
}

async fn steps(context: &JobContext) -> Result<Outcome, Stop> {
    let Some(opened) = open::open(context).await? else { return Ok(Outcome::Finished) };
    tracing::debug!(upload.id = %opened.upload.id, "a file is being read");
    if Origin::of(&opened.upload) == Origin::Orders {
        return store_sales::store(context, read_orders::read(context, opened).await?).await;
    }
    let inspected = open::inspect(context, opened).await?;
    let known = match recognise::recognise(context, inspected).await? {
        Recognised::Known(known) => known,
        Recognised::NeedsMapping(question) => return recognise::ask(context, &question).await,
    };
    let sales = read::read(context, known).await?;
    store_sales::store(context, sales).await
}
