//! Background work as people see it.

use crate::ids::JobId;
use serde::{Deserialize, Serialize};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for a worker, perhaps until a later time.
    Queued,
    /// A worker holds its lease.
    Running,
    /// Finished.
    Done,
    /// Failed too often; a person may retry it.
    Dead,
    /// A person stopped it.
    Cancelled,
}

impl JobState {
    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a word, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Queued, Self::Running, Self::Done, Self::Dead, Self::Cancelled].into_iter().find(|state| state.as_str() == text)
    }
}

/// A job in a list for admins. Instants are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobSummary {
    /// Its id.
    pub id: JobId,
    /// What it does, for example `process_upload`.
    pub kind: String,
    /// Where it stands.
    pub state: JobState,
    /// How often a worker began it.
    pub attempts: i32,
    /// After this many it is dead.
    pub max_attempts: i32,
    /// 0 to 100.
    pub progress: i32,
    /// Why the last attempt failed, in words for a person.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: i64,
    /// When it may run next.
    pub run_at: i64,
    /// When it ended, if it has.
    pub finished_at: Option<i64>,
}
