//! How a job ends when it does not simply end: the call site says whether another try can help.

use crate::error::ServiceError;

/// Why a job stopped.
#[derive(Debug)]
pub enum JobError {
    /// Something that may be better next time: a database that was away, a full disk.
    Retry(ServiceError),
    /// Something that stays as it is; the sentence is for a person.
    Fail(String),
    /// A person asked for it.
    Cancelled,
    /// Another worker has the lease; nothing more may be written.
    LeaseLost,
    /// The program is stopping; the lease goes back at once.
    Stopping,
}

/// How a finished job's row is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The worker marks it done.
    Finished,
    /// The job marked itself done in the transaction that holds its effects.
    Closed,
}

/// What running a job gives.
pub type JobResult = Result<Outcome, JobError>;

impl JobError {
    /// Another try may help.
    pub fn retry(error: impl Into<ServiceError>) -> Self {
        Self::Retry(error.into())
    }

    /// No further try helps; `sentence` says what a person can do.
    pub fn fail(sentence: impl std::fmt::Display) -> Self {
        Self::Fail(sentence.to_string())
    }
}

impl From<JobError> for ServiceError {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Retry(error) => error,
            JobError::Fail(sentence) => domain::AppError::new(domain::ErrorKind::Validation, sentence).into(),
            JobError::Cancelled => domain::AppError::conflict("it was cancelled before it was done").into(),
            JobError::LeaseLost => domain::AppError::conflict("another worker has taken this job over").into(),
            JobError::Stopping => {
                domain::AppError::new(domain::ErrorKind::Unavailable, "the program is stopping; the job goes on when it is back").into()
            }
        }
    }
}
