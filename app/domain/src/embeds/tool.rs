//! The tools whose boards can be shown, and how each lets its viewers in.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

use crate::AppError;

/// A tool, together with the way its board is embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EmbedTool {
    /// A Looker Studio (once Data Studio) report.
    LookerStudio,
    /// A Looker board whose viewers sign in to Looker.
    Looker,
    /// A Looker board that we sign for.
    LookerSigned,
    /// A Tableau Cloud or Server view; with a connected app we sign for it.
    Tableau,
    /// A view on Tableau Public.
    TableauPublic,
    /// A Power BI report that was published to the web.
    PowerBiPublic,
    /// A Power BI report whose viewers sign in to Microsoft.
    PowerBiSecure,
    /// A Power BI report that we get a token for ("app owns data").
    PowerBiApp,
    /// A Metabase dashboard or question with a public link.
    MetabasePublic,
    /// A Metabase dashboard or question that we sign for.
    MetabaseSigned,
    /// A Superset dashboard with a guest token.
    SupersetEmbedded,
    /// A Lightdash dashboard that we sign for.
    Lightdash,
    /// A Grafana dashboard or panel.
    Grafana,
    /// Any other page that lets itself be framed.
    Generic,
}

/// What a viewer needs to see the board: the badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EmbedAccess {
    /// Nothing: everyone who has the address sees it.
    Public,
    /// An account with the tool.
    SignIn,
    /// Nothing of their own: we sign for each view.
    Signed,
}

impl EmbedTool {
    /// All tools.
    pub const ALL: [Self; 14] = [
        Self::LookerStudio,
        Self::Looker,
        Self::LookerSigned,
        Self::Tableau,
        Self::TableauPublic,
        Self::PowerBiPublic,
        Self::PowerBiSecure,
        Self::PowerBiApp,
        Self::MetabasePublic,
        Self::MetabaseSigned,
        Self::SupersetEmbedded,
        Self::Lightdash,
        Self::Grafana,
        Self::Generic,
    ];

    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LookerStudio => "looker_studio",
            Self::Looker => "looker",
            Self::LookerSigned => "looker_signed",
            Self::Tableau => "tableau",
            Self::TableauPublic => "tableau_public",
            Self::PowerBiPublic => "power_bi_public",
            Self::PowerBiSecure => "power_bi_secure",
            Self::PowerBiApp => "power_bi_app",
            Self::MetabasePublic => "metabase_public",
            Self::MetabaseSigned => "metabase_signed",
            Self::SupersetEmbedded => "superset_embedded",
            Self::Lightdash => "lightdash",
            Self::Grafana => "grafana",
            Self::Generic => "generic",
        }
    }

    /// The name that people know it by.
    pub fn label(self) -> &'static str {
        match self {
            Self::LookerStudio => "Looker Studio",
            Self::Looker => "Looker",
            Self::LookerSigned => "Looker (signed)",
            Self::Tableau => "Tableau",
            Self::TableauPublic => "Tableau Public",
            Self::PowerBiPublic => "Power BI (published to the web)",
            Self::PowerBiSecure => "Power BI",
            Self::PowerBiApp => "Power BI (app owns data)",
            Self::MetabasePublic => "Metabase (public link)",
            Self::MetabaseSigned => "Metabase (signed)",
            Self::SupersetEmbedded => "Superset",
            Self::Lightdash => "Lightdash",
            Self::Grafana => "Grafana",
            Self::Generic => "Another page",
        }
    }

    /// What the tool's boards ask of a viewer, without and with a secret of ours.
    pub fn access(self, has_secret: bool) -> EmbedAccess {
        match self {
            Self::LookerSigned | Self::PowerBiApp | Self::MetabaseSigned | Self::SupersetEmbedded | Self::Lightdash => EmbedAccess::Signed,
            Self::Tableau if has_secret => EmbedAccess::Signed,
            Self::Tableau | Self::Looker | Self::LookerStudio | Self::PowerBiSecure | Self::Grafana => EmbedAccess::SignIn,
            Self::TableauPublic | Self::PowerBiPublic | Self::MetabasePublic | Self::Generic => EmbedAccess::Public,
        }
    }

    /// The badge in a sentence, with what it depends on.
    pub fn access_note(self, access: EmbedAccess) -> &'static str {
        match (self, access) {
            (_, EmbedAccess::Signed) => "Tradepost signs each view; viewers need no account with the tool.",
            (Self::Grafana, EmbedAccess::SignIn) => "Viewers sign in to Grafana, unless it is open to everyone.",
            (Self::LookerStudio, _) => "Viewers sign in to Google, unless the report is shared with anyone who has the link.",
            (_, EmbedAccess::SignIn) => "Viewers sign in to the tool with their own account.",
            (Self::Grafana | Self::Generic, _) => "Shown as the page itself allows; if it asks for an account, viewers sign in there.",
            (_, EmbedAccess::Public) => "Anyone who has this address sees the board, in or out of Tradepost.",
        }
    }

    /// The same board embedded with a secret of ours, where that is another way of embedding.
    pub fn signed_form(self) -> Self {
        match self {
            Self::Looker => Self::LookerSigned,
            Self::PowerBiSecure => Self::PowerBiApp,
            other => other,
        }
    }

    /// Whether it cannot be shown without a secret.
    pub fn needs_secret(self) -> bool {
        matches!(self, Self::LookerSigned | Self::PowerBiApp | Self::MetabaseSigned | Self::SupersetEmbedded | Self::Lightdash)
    }

    /// Whether parameters locked on the server can be put into its token or signature.
    pub fn takes_locked_parameters(self) -> bool {
        self.needs_secret() || self == Self::Tableau
    }
}

impl fmt::Display for EmbedTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EmbedTool {
    type Err = AppError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|tool| tool.as_str() == text)
            .ok_or_else(|| AppError::invalid("tool", format!("“{text}” is not a tool whose boards can be shown")))
    }
}

impl EmbedAccess {
    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignIn => "sign_in",
            Self::Signed => "signed",
        }
    }

    /// The badge's words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::SignIn => "Sign-in needed",
            Self::Signed => "Signed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tools_word_reads_back_and_is_what_json_says() {
        for tool in EmbedTool::ALL {
            assert_eq!(tool.as_str().parse::<EmbedTool>().ok(), Some(tool));
            assert_eq!(serde_json::to_value(tool).ok(), Some(serde_json::Value::from(tool.as_str())));
        }
        assert!("excel".parse::<EmbedTool>().is_err());
    }

    #[test]
    fn what_needs_a_secret_is_signed() {
        for tool in EmbedTool::ALL.into_iter().filter(|tool| tool.needs_secret()) {
            assert_eq!(tool.access(false), EmbedAccess::Signed, "{tool}");
            assert_eq!(tool.signed_form(), tool);
        }
    }
}
