//! Which mails about their uploads a member wants.

use serde::{Deserialize, Serialize};

/// Which mails about their own uploads a member wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UploadNotices {
    /// Whatever came of it.
    #[default]
    All,
    /// Only what failed, has rejected rows or waits for an answer.
    Problems,
    /// None.
    None,
}

impl UploadNotices {
    /// All choices, in the order a person reads them.
    pub const ALL: [Self; 3] = [Self::All, Self::Problems, Self::None];

    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Problems => "problems",
            Self::None => "none",
        }
    }

    /// The choice of a word, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "Whatever came of them",
            Self::Problems => "Only when something needs a look",
            Self::None => "Never",
        }
    }
}

/// The choice, as it is asked and told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeChoice {
    /// Which mails about their own uploads the member wants in this shop.
    pub upload_notices: UploadNotices,
}
