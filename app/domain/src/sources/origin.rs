//! How uploads come.

use serde::{Deserialize, Serialize};

/// How an upload came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UploadOrigin {
    /// A person brought a file.
    #[default]
    File,
    /// A program sent it: orders as JSON, or a file under an API key.
    Api,
    /// It was put into a watched folder.
    Watched,
    /// It was named on the command line.
    Command,
}

impl UploadOrigin {
    /// All of them, in the order a person reads them.
    pub const ALL: [Self; 4] = [Self::File, Self::Api, Self::Watched, Self::Command];

    /// The word that addresses and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Api => "api",
            Self::Watched => "watched",
            Self::Command => "command",
        }
    }

    /// The origin of a word, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == text)
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "Files",
            Self::Api => "By API",
            Self::Watched => "Watched folder",
            Self::Command => "Command line",
        }
    }
}
