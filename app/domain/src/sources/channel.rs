//! Where orders were made.

use serde::{Deserialize, Serialize};

/// Where orders were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A web shop or marketplace.
    Online,
    /// A till, a market stall, a wholesaler's report.
    Offline,
}

impl Channel {
    /// The word that filters and answers use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
        }
    }

    /// The small number that the fact tables store.
    pub fn code(self) -> i16 {
        match self {
            Self::Online => 1,
            Self::Offline => 2,
        }
    }

    /// The channel of a word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Online, Self::Offline].into_iter().find(|channel| channel.as_str() == text)
    }

    /// The channel of a stored number.
    pub fn from_code(code: i16) -> Option<Self> {
        [Self::Online, Self::Offline].into_iter().find(|channel| channel.code() == code)
    }
}
