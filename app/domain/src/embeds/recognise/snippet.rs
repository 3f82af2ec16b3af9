//! The address inside what was pasted: a plain address, a sentence with one, or an embed code.

use super::super::pasted::PasteProblem;
use super::markup::{Tag, decoded, tags};
use super::metabase;

/// What was taken out of a pasted text.
pub(super) struct Taken {
    /// The address as it stood there.
    pub(super) address: String,
    /// How the snippet calls the board.
    pub(super) title: Option<String>,
    /// What was done.
    pub(super) changes: Vec<String>,
}

/// Finds the one address.
pub(super) fn take_out(text: &str) -> Result<Taken, PasteProblem> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    if text.is_empty() {
        return Err(PasteProblem::Empty);
    }
    let unescaped = if text.contains("&lt;") && !text.contains('<') { Some(decoded(text)) } else { None };
    let text = unescaped.as_deref().unwrap_or(text);
    if text.contains('<') || text.contains("supersetDomain") {
        return in_code(text).ok_or(PasteProblem::NoAddressInSnippet);
    }
    plain(text)
}

fn plain(text: &str) -> Result<Taken, PasteProblem> {
    let quotes = ['"', '\'', '“', '”', '‘', '’', '`'];
    let bare = if text.starts_with(quotes) { text.trim_matches(quotes) } else { text };
    if !bare.contains(char::is_whitespace) {
        return Ok(Taken { address: bare.to_owned(), title: None, changes: Vec::new() });
    }
    // An address broken in the middle is not guessed at; one inside a sentence is taken out of it.
    let is_address = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
    let mut addresses = bare.split_whitespace().filter(is_address);
    match (addresses.next(), addresses.next()) {
        (Some(_), _) if bare.starts_with("http") => Err(PasteProblem::HiddenCharacters),
        (Some(only), None) if bare.ends_with(only) => {
            Ok(Taken { address: only.to_owned(), title: None, changes: vec!["The address was taken out of the text around it.".to_owned()] })
        }
        _ => Err(PasteProblem::NotAnAddress),
    }
}

fn in_code(text: &str) -> Option<Taken> {
    let tags = tags(text);
    let found = frame(&tags).or_else(|| tableau_viz(&tags)).or_else(|| tableau_object(&tags)).or_else(|| metabase_component(&tags, text));
    let (address, title) = found.or_else(|| superset_script(text)).or_else(|| link(&tags))?;
    // Line breaks inside an attribute are left for the check to refuse; those around it do not count.
    let title = title.map(|title| title.trim().chars().filter(|c| !c.is_control()).take(120).collect()).filter(|title: &String| !title.is_empty());
    Some(Taken { address: address.trim().to_owned(), title, changes: vec!["The address was taken out of the embed code.".to_owned()] })
}

type Found = Option<(String, Option<String>)>;

fn frame(tags: &[Tag]) -> Found {
    let frame = |tag: &&Tag| tag.name == "iframe" || tag.name == "embed" || tag.name == "frame";
    tags.iter().filter(frame).find_map(|tag| {
        let address = tag.attribute("src").or_else(|| tag.attribute("data-src"))?;
        Some((address.to_owned(), tag.attribute("title").map(str::to_owned)))
    })
}

/// Tableau's web component.
fn tableau_viz(tags: &[Tag]) -> Found {
    let viz = tags.iter().find(|tag| tag.name == "tableau-viz" || tag.name == "tableau-authoring-viz")?;
    Some((viz.attribute("src")?.to_owned(), None))
}

/// Tableau's older code: an object whose address is in parameters.
fn tableau_object(tags: &[Tag]) -> Found {
    let parameter = |name: &str| {
        let param = tags.iter().find(|tag| tag.name == "param" && tag.attribute("name") == Some(name))?;
        let pair = format!("v={}", param.attribute("value")?.replace('+', "%2B"));
        url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    let (host, name) = (parameter("host_url")?, parameter("name")?);
    let site = parameter("site_root").unwrap_or_default();
    Some((format!("{}{}/views/{name}", host.trim_end_matches('/'), site.trim_end_matches('/')), None))
}

/// Metabase's web components, whose site stands in a script beside them.
fn metabase_component(tags: &[Tag], text: &str) -> Found {
    let component = tags.iter().find(|tag| tag.name == "metabase-dashboard" || tag.name == "metabase-question")?;
    let kind = component.name.strip_prefix("metabase-")?;
    let by_number = component.attribute(&format!("{kind}-id")).map(str::to_owned);
    let id = by_number.or_else(|| metabase::resource_in_token(component.attribute("token")?, kind))?;
    let site = setting(text, "instanceUrl")?;
    Some((format!("{}/embed/{kind}/{id}", site.trim_end_matches('/')), None))
}

/// The call of Superset's embedding library.
fn superset_script(text: &str) -> Found {
    let (site, id) = (setting(text, "supersetDomain")?, setting(text, "id")?);
    Some((format!("{}/embedded/{id}", site.trim_end_matches('/')), None))
}

/// The quoted value of `name: "…"` or `"name": "…"` in a script.
fn setting(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).find_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = after.strip_prefix([':', '=']).filter(|_| !before.is_some_and(|c| c.is_alphanumeric() || c == '_'))?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        value[1..].split_once(quote).map(|(inside, _)| inside.to_owned())
    })
}

fn link(tags: &[Tag]) -> Found {
    let links: Vec<&str> = tags.iter().filter(|tag| tag.name == "a").filter_map(|tag| tag.attribute("href")).collect();
    match links.as_slice() {
        [only] => Some(((*only).to_owned(), None)),
        _ => None,
    }
}
