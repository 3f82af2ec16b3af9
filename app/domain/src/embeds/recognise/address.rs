//! Whether a text is an address that may be framed at all.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::own::{is_loopback, is_own};
use url::{Host, Url};

/// What is allowed here.
pub(super) struct Rules<'a> {
    /// Where our own pages are.
    pub(super) own_origin: &'a str,
    /// Whether `http:` of this computer is accepted.
    pub(super) allow_loopback_http: bool,
}

/// Hosts that answer over https whatever a link says.
const ALWAYS_SECURE: [&str; 8] = [
    "lookerstudio.google.com",
    "datastudio.google.com",
    "public.tableau.com",
    "app.powerbi.com",
    "looker.com",
    "metabaseapp.com",
    "grafana.net",
    "lightdash.cloud",
];

/// The address, if it may be framed; what had to be put right is added to `changes`.
pub(super) fn safe_url(text: &str, rules: &Rules<'_>, changes: &mut Vec<String>) -> Result<Url, PasteProblem> {
    if text.chars().any(is_hidden) {
        return Err(PasteProblem::HiddenCharacters);
    }
    let full = with_scheme(text, rules, changes)?;
    let mut url = Url::parse(&full).map_err(|_| PasteProblem::NotAnAddress)?;
    check_host(&mut url, changes)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(PasteProblem::Credentials);
    }
    let own = Url::parse(rules.own_origin).map_err(|_| PasteProblem::OwnOrigin)?;
    if is_own(&url, &own) {
        return Err(PasteProblem::OwnOrigin);
    }
    make_secure(&mut url, rules, changes)?;
    Ok(url)
}

/// Control characters, backslashes, spaces and what changes the direction of writing or shows nothing:
/// browsers drop or turn round some of them, so that what is read is not what is opened.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || c == '\\'
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn with_scheme(text: &str, rules: &Rules<'_>, changes: &mut Vec<String>) -> Result<String, PasteProblem> {
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) && !is_host_and_port(scheme, rest) => (scheme.to_ascii_lowercase(), rest),
        _ => return without_scheme(text, rules, changes),
    };
    match scheme.as_str() {
        "https" | "http" if !rest.is_empty() => Ok(text.to_owned()),
        "https" | "http" => Err(PasteProblem::NotAnAddress),
        _ => Err(PasteProblem::Scheme(scheme.chars().take(20).collect())),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// `bi.example.com:8443/…` begins like a scheme and is none.
fn is_host_and_port(front: &str, rest: &str) -> bool {
    (front.contains('.') || front.eq_ignore_ascii_case("localhost")) && rest.starts_with(|c: char| c.is_ascii_digit())
}

fn without_scheme(text: &str, rules: &Rules<'_>, changes: &mut Vec<String>) -> Result<String, PasteProblem> {
    let bare = text.strip_prefix("//").unwrap_or(text);
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_local = host.eq_ignore_ascii_case("localhost");
    if !(is_local || host.contains('.')) || host.starts_with('.') || host.contains(['@', '"', '\'', '<', '>', '(', ')', ',', ';']) {
        return Err(PasteProblem::NotAnAddress);
    }
    let scheme = if rules.allow_loopback_http && (is_local || host == "127.0.0.1") { "http" } else { "https" };
    changes.push(format!("{scheme}:// was put in front."));
    Ok(format!("{scheme}://{bare}"))
}

/// Only hosts that a Content-Security-Policy can name as they are. A `;` or `*` in a host would become part of the policy.
fn check_host(url: &mut Url, changes: &mut Vec<String>) -> Result<(), PasteProblem> {
    let name = match url.host().ok_or(PasteProblem::NotAnAddress)? {
        Host::Ipv4(_) => return Ok(()),
        Host::Ipv6(_) => {
            let sentence =
                "Browsers cannot allow frames from an address that is a number in brackets. Use the server's name instead of its IPv6 number.";
            return Err(PasteProblem::CopyInstead { tool: EmbedTool::Generic, sentence: sentence.to_owned() });
        }
        Host::Domain(name) => name.to_owned(),
    };
    let bare = name.strip_suffix('.').unwrap_or(&name);
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    if bare.len() > 253 || !bare.split('.').all(is_label) {
        return Err(PasteProblem::NotAnAddress);
    }
    if bare != name {
        url.set_host(Some(bare)).map_err(|_| PasteProblem::NotAnAddress)?;
        changes.push("The dot at the end of the host was left out.".to_owned());
    }
    Ok(())
}

fn make_secure(url: &mut Url, rules: &Rules<'_>, changes: &mut Vec<String>) -> Result<(), PasteProblem> {
    let host = url.host_str().unwrap_or_default();
    let is_always_secure = ALWAYS_SECURE.iter().any(|name| host == *name || host.strip_suffix(name).is_some_and(|front| front.ends_with('.')));
    match url.scheme() {
        "https" => Ok(()),
        "http" if rules.allow_loopback_http && is_loopback(url) => Ok(()),
        "http" if is_always_secure && url.port().is_none() => {
            url.set_scheme("https").map_err(|()| PasteProblem::NotSecure)?;
            changes.push("http:// was changed to https://.".to_owned());
            Ok(())
        }
        "http" => Err(PasteProblem::NotSecure),
        other => Err(PasteProblem::Scheme(other.to_owned())),
    }
}
