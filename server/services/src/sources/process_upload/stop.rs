//! Why an import goes no further.

use super::read::SalesFile;
use crate::jobs::JobError;
use crate::sources::Refused;

/// Why a step went no further.
pub(in crate::sources) enum Stop {
    /// The file is at fault; the sentence is for the person who brought it, and the figures stay as they were.
    File(String),
    /// The same, with rows that tell more.
    NoSales(Box<SalesFile>),
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
