//! What an admin gives to add or change a board.

use super::parameters::{DateParameters, LockedParameter};
use crate::ids::{EmbedId, UserId};
use crate::{Role, validate};
use garde::Validate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How high a board stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EmbedHeight {
    /// By its width.
    Ratio {
        /// Parts of width.
        width: u32,
        /// Parts of height.
        height: u32,
    },
    /// As the tool's own message says; 16 to 9 until it comes.
    #[default]
    Auto,
}

/// A board to add. Only the pasted text and the title are required.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedInput {
    /// An address, a share link or a whole snippet.
    #[garde(length(min = 1, max = 20_000))]
    pub paste: String,
    /// Its name in the list.
    #[garde(custom(validate::name))]
    pub title: String,
    /// A line under the title.
    #[serde(default)]
    #[garde(length(chars, max = 500))]
    pub description: String,
    /// The heading it stands under; empty for none.
    #[serde(default)]
    #[garde(length(chars, max = 60))]
    pub group: String,
    /// The name of a picture; empty for the tool's own.
    #[serde(default)]
    #[garde(length(chars, max = 40))]
    pub icon: String,
    /// Roles that see it; left out, all.
    #[serde(default = "all_roles")]
    #[garde(skip)]
    pub roles: Vec<Role>,
    /// Members who see it whatever their role.
    #[serde(default)]
    #[garde(length(max = 500))]
    pub members: Vec<UserId>,
    /// The tool's secret, field by field.
    #[serde(default)]
    #[garde(skip)]
    pub secret: Option<BTreeMap<String, String>>,
    /// Parameters filled in on the server.
    #[serde(default)]
    #[garde(length(max = 40))]
    pub locked: Vec<LockedParameter>,
    /// Parameters that follow the page's range.
    #[serde(default)]
    #[garde(skip)]
    pub dates: Option<DateParameters>,
    /// How high it stands.
    #[serde(default)]
    #[garde(skip)]
    pub height: EmbedHeight,
    /// Whether it is shown at all.
    #[serde(default = "yes")]
    #[garde(skip)]
    pub enabled: bool,
    /// Whether members land on it.
    #[serde(default)]
    #[garde(skip)]
    pub is_start: bool,
}

impl EmbedInput {
    /// A pasted text with its title; the rest as it is when left out.
    pub fn new(paste: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            paste: paste.into(),
            title: title.into(),
            description: String::new(),
            group: String::new(),
            icon: String::new(),
            roles: all_roles(),
            members: Vec::new(),
            secret: None,
            locked: Vec::new(),
            dates: None,
            height: EmbedHeight::default(),
            enabled: true,
            is_start: false,
        }
    }
}

/// What to change of a board; what is left out stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedPatch {
    /// Another address.
    #[garde(inner(length(min = 1, max = 20_000)))]
    pub paste: Option<String>,
    /// Another name.
    #[garde(inner(custom(validate::name)))]
    pub title: Option<String>,
    /// Another line under the title.
    #[garde(inner(length(chars, max = 500)))]
    pub description: Option<String>,
    /// Another heading.
    #[garde(inner(length(chars, max = 60)))]
    pub group: Option<String>,
    /// Another picture.
    #[garde(inner(length(chars, max = 40)))]
    pub icon: Option<String>,
    /// Other roles.
    #[garde(skip)]
    pub roles: Option<Vec<Role>>,
    /// Other members.
    #[garde(inner(length(max = 500)))]
    pub members: Option<Vec<UserId>>,
    /// Other locked parameters.
    #[garde(inner(length(max = 40)))]
    pub locked: Option<Vec<LockedParameter>>,
    /// Other parameters for the range; `null` for none, left out for no change.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[garde(skip)]
    pub dates: Option<Option<DateParameters>>,
    /// Another height.
    #[garde(skip)]
    pub height: Option<EmbedHeight>,
    /// Shown or not.
    #[garde(skip)]
    pub enabled: Option<bool>,
    /// Where members land, or not.
    #[garde(skip)]
    pub is_start: Option<bool>,
}

/// A text to be recognised.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecogniseInput {
    /// An address, a share link or a whole snippet.
    #[garde(length(max = 20_000))]
    pub paste: String,
}

/// A new secret for a board; the old one stays valid for a while.
#[derive(Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretInput {
    /// Field by field, as [`super::secret_fields`] names them.
    #[garde(skip)]
    pub fields: BTreeMap<String, String>,
    /// Minutes for which the old one stays valid; left out, a quarter of an hour.
    #[serde(default)]
    #[garde(skip)]
    pub overlap_minutes: Option<u32>,
}

/// How a board is asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewInput {
    /// The days that its parameters follow, as pages' addresses spell them: a preset's word such as `30d`, or `2011-01-01..2011-11-30`.
    #[serde(default)]
    #[garde(inner(length(max = 40)))]
    pub range: Option<String>,
    /// Sign with the secret before the newest, while it stands by: the tool has refused what the newest signed.
    #[serde(default)]
    #[garde(skip)]
    pub previous_secret: bool,
}

/// Boards in the order they should have.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedOrder {
    /// Their ids; boards that are not named follow as they stood.
    pub ids: Vec<EmbedId>,
}

/// The hosts that boards may come from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AllowedHosts {
    /// Such as `bi.example.com` or `*.example.com`; empty for any.
    pub hosts: Vec<String>,
}

fn all_roles() -> Vec<Role> {
    Role::ALL.to_vec()
}

fn yes() -> bool {
    true
}

/// Tells `null` from left out.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<DateParameters>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_needs_an_address_and_a_title_only() {
        let input: EmbedInput = serde_json::from_str(r#"{"paste":"https://example.com/","title":"Board"}"#).unwrap();
        assert!(input.validate().is_ok());
        assert_eq!((input.roles.len(), input.enabled, input.is_start, input.height), (4, true, false, EmbedHeight::Auto));
    }

    #[test]
    fn null_takes_the_dates_away_and_nothing_leaves_them() {
        let none: EmbedPatch = serde_json::from_str("{}").unwrap();
        let null: EmbedPatch = serde_json::from_str(r#"{"dates":null}"#).unwrap();
        assert_eq!((none.dates, null.dates), (None, Some(None)));
    }
}
