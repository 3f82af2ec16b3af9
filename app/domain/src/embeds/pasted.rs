//! What a pasted text turned out to be, or why it cannot be shown.

use super::secrets::{SecretField, secret_fields};
use super::tool::{EmbedAccess, EmbedTool};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A board that a pasted text names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pasted {
    /// The tool and its way of embedding.
    pub tool: EmbedTool,
    /// The embeddable address, normalised, without any token.
    pub url: String,
    /// `scheme://host[:port]` of the address, for `frame-src`.
    pub origin: String,
    /// What viewers need.
    pub access: EmbedAccess,
    /// What was changed, in sentences.
    pub changes: Vec<String>,
    /// What a token would be minted for.
    pub resource: Option<SignableResource>,
    /// A title, where the address gives one away.
    pub title_guess: Option<String>,
    /// It cannot be shown before a secret is given.
    pub needs_secret: bool,
    /// The fields of the secret that makes it a signed embed; empty where the tool has none.
    pub secret_fields: Vec<SecretField>,
}

/// The one thing a token is minted for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignableResource {
    /// `dashboard`, `question`, `view`, `report` or `path`.
    pub kind: String,
    /// Its id in the tool, or its path.
    pub id: String,
    /// What it lies in: a Power BI workspace, a Tableau site, a Lightdash project.
    pub group: Option<String>,
}

impl Pasted {
    /// The same board embedded with a secret of ours, where the tool has such a way.
    #[must_use]
    pub fn signed(mut self) -> Self {
        self.tool = self.tool.signed_form();
        if !self.secret_fields.is_empty() {
            self.access = EmbedAccess::Signed;
        }
        self
    }

    /// What follows from the tool alone.
    pub(super) fn of(tool: EmbedTool, url: String, origin: String, changes: Vec<String>) -> Self {
        Self {
            tool,
            url,
            origin,
            access: tool.access(false),
            changes,
            resource: None,
            title_guess: None,
            needs_secret: tool.needs_secret(),
            secret_fields: secret_fields(tool.signed_form()),
        }
    }
}

/// Why a pasted text cannot be shown. Displayed, it also says what to copy instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasteProblem {
    /// Nothing was pasted.
    Empty,
    /// More than an address or a snippet would ever be.
    TooLong,
    /// A snippet without an address in it.
    NoAddressInSnippet,
    /// Not an address at all.
    NotAnAddress,
    /// Characters that browsers silently drop or turn round.
    HiddenCharacters,
    /// `javascript:`, `data:`, `file:` and others.
    Scheme(String),
    /// `http:` from a host that is not this computer.
    NotSecure,
    /// A user name or password in the address.
    Credentials,
    /// Our own pages, however they are spelt.
    OwnOrigin,
    /// A tool's address that cannot be framed; the sentence says what to copy instead.
    CopyInstead {
        /// Whose address it is.
        tool: EmbedTool,
        /// What is wrong, and what to copy instead.
        sentence: String,
    },
}

impl fmt::Display for PasteProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Paste the board's address, its share link or its whole embed code.",
            Self::TooLong => "This is too long to be an address or an embed code. Copy only the board's share link or its <iframe> snippet.",
            Self::NoAddressInSnippet => "This code has no address of a board in it. Copy the whole snippet, from <iframe to </iframe>, or only the board's share link.",
            Self::NotAnAddress => "This is not an address. Copy it from the browser's address bar, or use the tool's Share or Embed button; it begins with https://.",
            Self::HiddenCharacters => "There are line breaks, backslashes or invisible characters inside the address. Copy it again from the browser's address bar.",
            Self::Scheme(scheme) => return write!(f, "An address that begins with “{scheme}:” cannot be shown. Copy the board's share link; it begins with https://."),
            Self::NotSecure => "This address begins with http://, so browsers would not show it inside a secure page. Copy the https:// address, or ask whoever runs the tool to turn https on.",
            Self::Credentials => "There is a user name or password in this address, and everyone who sees the board could read it. Copy the address without what stands before the @.",
            Self::OwnOrigin => "This is an address of Tradepost itself. Boards of Tradepost need no embedding; paste the address of another tool's board.",
            Self::CopyInstead { sentence, .. } => sentence,
        })
    }
}

impl std::error::Error for PasteProblem {}
