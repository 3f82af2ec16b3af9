//! What the tools are shown, and what they find.

use super::super::pasted::{PasteProblem, SignableResource};
use super::super::tool::{EmbedAccess, EmbedTool};
use super::own::is_loopback;
use url::Url;

/// A checked address with its path in parts.
pub(super) struct Address {
    /// The address.
    pub(super) url: Url,
    /// Its host, in lower case and without a dot at its end.
    pub(super) host: String,
    /// The parts of its path that are not empty, as they are spelt in it.
    pub(super) parts: Vec<String>,
    /// It is on this computer, where a stand-in may be any tool.
    pub(super) is_loopback: bool,
}

impl Address {
    pub(super) fn new(url: Url) -> Self {
        let host = url.host_str().unwrap_or_default().to_owned();
        let parts = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let is_loopback = is_loopback(&url);
        Self { url, host, parts, is_loopback }
    }

    /// The parts as texts, for matching on their shape.
    pub(super) fn shape(&self) -> Vec<&str> {
        self.parts.iter().map(String::as_str).collect()
    }

    /// Whether the host is one of these or below one of them.
    pub(super) fn host_is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.host == *name || self.host.strip_suffix(name).is_some_and(|front| front.ends_with('.')))
    }

    /// The same origin with another path and nothing behind it.
    pub(super) fn with_path(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url.set_query(None);
        url.set_fragment(None);
        url
    }

    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// A board that an address names.
pub(super) struct Board {
    /// Whose it is.
    pub(super) tool: EmbedTool,
    /// Where it is embedded from.
    pub(super) url: Url,
    /// What was changed.
    pub(super) changes: Vec<String>,
    /// What a token would be for.
    pub(super) resource: Option<SignableResource>,
    /// What it may be called.
    pub(super) title: Option<String>,
    /// What viewers need, where it is not what the tool's boards mostly need.
    pub(super) access: Option<EmbedAccess>,
}

impl Board {
    pub(super) fn new(tool: EmbedTool, url: Url) -> Self {
        Self { tool, url, changes: Vec::new(), resource: None, title: None, access: None }
    }

    /// Says what was changed, if anything was.
    pub(super) fn changed(mut self, from: &Url, sentence: &str) -> Self {
        if *from != self.url {
            self.changes.push(sentence.to_owned());
        }
        self
    }

    pub(super) fn resource(mut self, kind: &str, id: &str, group: Option<&str>) -> Self {
        self.resource = Some(SignableResource { kind: kind.to_owned(), id: id.to_owned(), group: group.map(str::to_owned) });
        self
    }

    pub(super) fn title(mut self, title: Option<String>) -> Self {
        self.title = title.filter(|title| !title.is_empty());
        self
    }
}

/// A tool's address that cannot be framed.
pub(super) fn copy_instead(tool: EmbedTool, sentence: &str) -> Option<Result<Board, PasteProblem>> {
    Some(Err(PasteProblem::CopyInstead { tool, sentence: sentence.to_owned() }))
}

/// Whether a text is a UUID in its usual spelling.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.char_indices().all(|(at, c)| if matches!(at, 8 | 13 | 18 | 23) { c == '-' } else { c.is_ascii_hexdigit() })
}

/// Whether a text is letters, digits, `-` and `_` only, and at least `min` long.
pub(super) fn is_word(text: &str, min: usize) -> bool {
    text.len() >= min && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// `weekly-sales_overview` as a person would write it.
pub(super) fn spoken(slug: &str) -> Option<String> {
    let bytes = url::form_urlencoded::parse(slug.replace('+', "%2B").as_bytes()).next().map(|(text, _)| text.into_owned())?;
    let words = bytes.replace(['-', '_'], " ");
    let mut letters = words.trim().chars().filter(|c| !c.is_control());
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).take(120).collect())
}
