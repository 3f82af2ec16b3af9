//! What a file does to what is there.

use serde::{Deserialize, Serialize};

/// What happens to what an earlier file of the same source brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UploadMode {
    /// What is new is added, what differs is replaced, what is equal stays.
    #[default]
    Upsert,
    /// What is new is added; what is there stays as it is.
    Append,
    /// As upsert; orders of the same source in the file's days that the file lacks are removed.
    ReplacePeriod,
}

impl UploadMode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Upsert, Self::Append, Self::ReplacePeriod];

    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Upsert => "upsert",
            Self::Append => "append",
            Self::ReplacePeriod => "replace_period",
        }
    }

    /// The mode of a word, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Upsert => "Add and update",
            Self::Append => "Only add",
            Self::ReplacePeriod => "Replace the period",
        }
    }
}
