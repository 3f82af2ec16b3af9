//! Where an upload stands.

use serde::{Deserialize, Serialize};

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UploadStatus {
    /// Stored; waits for a worker.
    Queued,
    /// Being read.
    Processing,
    /// The columns could not be recognised; a person must say what they mean.
    NeedsMapping,
    /// Read; the figures include it.
    Completed,
    /// Could not be read; the figures are as before.
    Failed,
    /// Taken back by a person (or cancelled before it was read).
    Undone,
}

impl UploadStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Queued, Self::Processing, Self::NeedsMapping, Self::Completed, Self::Failed, Self::Undone];

    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Processing => "processing",
            Self::NeedsMapping => "needs_mapping",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Undone => "undone",
        }
    }

    /// The status of a word, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether nothing more happens without a person.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Queued | Self::Processing)
    }
}
