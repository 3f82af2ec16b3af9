//! Boards as admins list them and as members see them.

use super::check::CheckStep;
use super::help::EmbedHelp;
use super::input::EmbedHeight;
use super::parameters::{DateParameters, LockedParameter};
use super::tool::{EmbedAccess, EmbedTool};
use crate::Role;
use crate::ids::{EmbedId, UserId};
use serde::{Deserialize, Serialize};

/// A board in the list. What only admins may know is empty for others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedSummary {
    /// Its id.
    pub id: EmbedId,
    /// Its name.
    pub title: String,
    /// A line under the title.
    pub description: String,
    /// The heading it stands under; empty for none.
    pub group: String,
    /// The name of a picture; empty for the tool's own.
    pub icon: String,
    /// The tool.
    pub tool: EmbedTool,
    /// What viewers need.
    pub access: EmbedAccess,
    /// `scheme://host[:port]` of its frame.
    pub origin: String,
    /// Its address without any token.
    pub url: String,
    /// Roles that see it.
    pub roles: Vec<Role>,
    /// Members who see it whatever their role.
    pub members: Vec<UserId>,
    /// Parameters filled in on the server.
    pub locked: Vec<LockedParameter>,
    /// Parameters that follow the page's range.
    pub dates: Option<DateParameters>,
    /// How high it stands.
    pub height: EmbedHeight,
    /// Whether it is shown at all.
    pub enabled: bool,
    /// Whether members land on it.
    pub is_start: bool,
    /// Its place in the list.
    pub position: i32,
    /// Whether a secret is stored; the secret itself never leaves the server.
    pub has_secret: bool,
    /// When the secret was set, in Unix milliseconds.
    pub secret_set_at: Option<i64>,
    /// When it was last checked, in Unix milliseconds.
    pub last_checked_at: Option<i64>,
    /// What the last check found.
    pub last_check: Vec<CheckStep>,
}

/// A board ready to be put into a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedView {
    /// Its id.
    pub id: EmbedId,
    /// Its name.
    pub title: String,
    /// The tool.
    pub tool: EmbedTool,
    /// Ready for the frame; signed if need be.
    pub url: String,
    /// The only origin whose messages count.
    pub origin: String,
    /// A token that goes by message rather than in the address (Superset, Power BI).
    pub token: Option<String>,
    /// Whether the secret before the newest signed it.
    pub previous_secret: bool,
    /// Whether the other of two secrets could sign it too: one was replaced a short while ago, and the tool may know either.
    pub other_secret: bool,
    /// When to ask again: 80 % of the token's life.
    pub refresh_in_ms: Option<u64>,
    /// The frame's `sandbox`.
    pub sandbox: String,
    /// The frame's `allow`.
    pub allow: String,
    /// The frame's `referrerpolicy`.
    pub referrer_policy: String,
    /// How high it stands.
    pub height: EmbedHeight,
    /// Where the tool itself shows it, if a person can open that.
    pub open_url: Option<String>,
    /// What to say when it does not load.
    pub help: EmbedHelp,
}
