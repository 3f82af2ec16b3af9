//! What to say when a board does not load: the likely cause for that tool, and a way forward.

use super::tool::EmbedTool;
use serde::{Deserialize, Serialize};

/// How loading failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// Nothing came in time.
    Timeout,
    /// The tool does not let itself be framed here.
    Refused,
    /// The token ended, or is not accepted.
    Expired,
    /// The browser keeps the tool's cookies from it.
    ThirdPartyCookies,
}

/// What to say for each way of failing; each line is a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedHelp {
    /// Nothing came in time.
    pub timeout: Vec<String>,
    /// The tool does not let itself be framed here.
    pub refused: Vec<String>,
    /// The token ended, or is not accepted.
    pub expired: Vec<String>,
    /// The browser keeps the tool's cookies from it.
    pub third_party_cookies: Vec<String>,
}

impl EmbedHelp {
    /// All of a tool's sentences.
    pub fn of(tool: EmbedTool) -> Self {
        Self {
            timeout: failure_help(tool, FailureKind::Timeout),
            refused: failure_help(tool, FailureKind::Refused),
            expired: failure_help(tool, FailureKind::Expired),
            third_party_cookies: failure_help(tool, FailureKind::ThirdPartyCookies),
        }
    }
}

/// What happened, the likely cause for the tool, and a way forward.
pub fn failure_help(tool: EmbedTool, kind: FailureKind) -> Vec<String> {
    let lines = match kind {
        FailureKind::Timeout => [timeout(tool), try_again(tool)],
        FailureKind::Refused => [refused(tool), until_then(tool)],
        FailureKind::Expired => [expired(tool), "Reload the page; if it stays, ask an admin to check the board under Settings, Boards."],
        FailureKind::ThirdPartyCookies => [cookies(tool), "Or open it in the tool, where its cookies are its own."],
    };
    lines.map(str::to_owned).to_vec()
}

fn try_again(tool: EmbedTool) -> &'static str {
    if tool.needs_secret() {
        "Try again; if it stays blank, ask an admin to check the board."
    } else {
        "Try again; if it stays blank, open it in the tool to see whether it answers there."
    }
}

/// A signed board has no address of its own that a viewer could open.
fn until_then(tool: EmbedTool) -> &'static str {
    if tool.needs_secret() { "Ask an admin to check the board under Settings, Boards." } else { "Until then, open it in the tool." }
}

fn timeout(tool: EmbedTool) -> &'static str {
    match tool {
        EmbedTool::PowerBiSecure => "Power BI has not answered. Its window for signing in may have been blocked: allow pop-ups for this page.",
        EmbedTool::MetabasePublic | EmbedTool::MetabaseSigned | EmbedTool::SupersetEmbedded | EmbedTool::Grafana | EmbedTool::Generic => {
            "The board has not answered. Its server may be down, or reachable only from your company's network or VPN."
        }
        _ => "The board has not answered. The tool may be slow or down, or your network may block it.",
    }
}

fn refused(tool: EmbedTool) -> &'static str {
    match tool {
        EmbedTool::LookerStudio => "Looker Studio does not show this report here. Its owner turns on File, Embed report, Enable embedding.",
        EmbedTool::Looker | EmbedTool::LookerSigned => {
            "Looker does not show this board here. A Looker admin adds this site under Admin, Embed, Embedded domain allowlist."
        }
        EmbedTool::Tableau => {
            "Tableau does not show this view here. A Tableau admin adds this site to the connected app's domain allowlist, or turns on embedding."
        }
        EmbedTool::TableauPublic => "Tableau Public does not show this view here. Copy the link again from the view's Share button.",
        EmbedTool::PowerBiPublic => {
            "Power BI does not show this report here. The publish-to-web link may have been deleted; its owner looks under Manage embed codes."
        }
        EmbedTool::PowerBiSecure | EmbedTool::PowerBiApp => {
            "Power BI does not show this report here. Its owner checks that the report still exists and that you have been given access."
        }
        EmbedTool::MetabasePublic => "Metabase does not show this here. Its admin checks that public sharing is still on for it.",
        EmbedTool::MetabaseSigned => {
            "Metabase does not show this here. Its admin publishes it for static embedding, and lists this site if embedding is limited."
        }
        EmbedTool::SupersetEmbedded => {
            "Superset does not show this dashboard here. Its admin adds this site to the dashboard's Embed, Allowed domains."
        }
        EmbedTool::Lightdash => "Lightdash does not show this dashboard here. Its admin lists the dashboard under Embed configuration.",
        EmbedTool::Grafana => "Grafana does not let itself be framed. Its admin sets allow_embedding = true in the [security] part of grafana.ini.",
        EmbedTool::Generic => "The page does not let itself be framed by other sites. Whoever runs it lists this site in its frame-ancestors.",
    }
}

fn expired(tool: EmbedTool) -> &'static str {
    match tool {
        EmbedTool::MetabaseSigned => {
            "Metabase did not accept the token. The embedding secret key may have been regenerated, a locked parameter may be missing, or the clocks differ."
        }
        EmbedTool::Tableau => {
            "Tableau did not accept the token. The connected app's secret may be disabled, the user unknown to Tableau, or the clocks differ."
        }
        EmbedTool::SupersetEmbedded => "Superset did not accept the guest token. Its secret or audience may have changed, or the clocks differ.",
        EmbedTool::LookerSigned => "Looker did not accept the signature. The embed secret may have been reset, or the clocks differ.",
        EmbedTool::Lightdash => "Lightdash did not accept the token. The embed secret may have been regenerated, or the clocks differ.",
        EmbedTool::PowerBiApp => "Power BI did not accept the token. The app's client secret may have ended, or it has lost access to the workspace.",
        _ => "Your session with the tool has ended. Sign in to the tool again.",
    }
}

fn cookies(tool: EmbedTool) -> &'static str {
    match tool {
        EmbedTool::LookerStudio => {
            "Your browser keeps Google's cookies from the report. Allow third-party cookies for lookerstudio.google.com, or ask its owner to share it with anyone who has the link."
        }
        EmbedTool::PowerBiSecure => "Your browser keeps Microsoft's cookies from the report. Allow third-party cookies for app.powerbi.com.",
        EmbedTool::Looker => {
            "Your browser keeps Looker's cookies from the board. Allow third-party cookies for it, or ask an admin to use signed embedding."
        }
        EmbedTool::Tableau => {
            "Your browser keeps Tableau's cookies from the view. Allow third-party cookies for it, or ask an admin to set up a connected app."
        }
        _ => "Your browser keeps the tool's cookies from the board. Allow third-party cookies for it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_of_every_tool_has_a_cause_and_a_way_forward() {
        for tool in EmbedTool::ALL {
            let help = EmbedHelp::of(tool);
            for lines in [help.timeout, help.refused, help.expired, help.third_party_cookies] {
                assert_eq!(lines.len(), 2, "{tool}");
                assert!(lines.iter().all(|line| line.ends_with('.')), "{tool}: {lines:?}");
            }
        }
    }
}
