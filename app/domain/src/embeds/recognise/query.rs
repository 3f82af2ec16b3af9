//! Parameters of an address, kept as they are spelt.

use url::{Url, form_urlencoded};

/// Takes out the parameters whose name does not pass.
pub(super) fn keep(url: &mut Url, passes: impl Fn(&str) -> bool) {
    let query = kept(url.query().unwrap_or_default(), passes);
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
}

/// Takes out the settings behind the `#` whose name does not pass.
pub(super) fn keep_settings(url: &mut Url, passes: impl Fn(&str) -> bool) {
    let settings = kept(url.fragment().unwrap_or_default(), passes);
    url.set_fragment(Some(settings.as_str()).filter(|settings| !settings.is_empty()));
}

/// Adds a parameter as it is given.
pub(super) fn add(url: &mut Url, pair: &str) {
    let query = match url.query().filter(|query| !query.is_empty()) {
        Some(query) => format!("{query}&{pair}"),
        None => pair.to_owned(),
    };
    url.set_query(Some(&query));
}

fn kept(pairs: &str, passes: impl Fn(&str) -> bool) -> String {
    let passing = |pair: &&str| form_urlencoded::parse(pair.as_bytes()).next().is_some_and(|(name, _)| passes(&name));
    pairs.split('&').filter(passing).collect::<Vec<_>>().join("&")
}
