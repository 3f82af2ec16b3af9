//! The job that reads an upload into the figures: named steps over one value. Only the last writes facts, all in one transaction.

mod issues;
mod open;
mod read;
mod recognise;
mod refuse;
mod remarks;
mod store_sales;

pub(super) use open::{Unreadable, look, stored_path};
pub(super) use recognise::remembered;

use crate::jobs::{JobContext, JobError, JobResult, Outcome};
use crate::sources::Refused;
use recognise::Recognised;

/// Why a step went no further.
pub(super) enum Stop {
    /// The file is at fault; the sentence is for the person who brought it, and the figures stay as they were.
    File(String),
    /// The same, with rows that tell more.
    NoSales(Box<read::SalesFile>),
    /// The work is at fault, not the file.
    Job(JobError),
}

impl From<JobError> for Stop {
    fn from(error: JobError) -> Self {
        Self::Job(error)
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::File(refused.0)
    }
}

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
    let inspected = open::inspect(opened).await?;
    let known = match recognise::recognise(context, inspected).await? {
        Recognised::Known(known) => known,
        Recognised::NeedsMapping(asked) => return recognise::ask(context, asked).await,
    };
    let sales = read::read(context, known).await?;
    store_sales::store(context, sales).await
}
