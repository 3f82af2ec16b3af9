//! What a person chose to see, to and from the page's address.

use domain::dashboards::DashboardView;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::fmt::Write;

/// The view that an address's query string (`range=30d&country=GB`) means.
pub(super) fn view_of(query: &str) -> DashboardView {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (decode(key), decode(value))).collect();
    DashboardView::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}

/// The query string of a view, without a question mark.
pub(super) fn query_of(view: &DashboardView) -> String {
    let pairs = view.to_pairs();
    let pairs = pairs.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The address of the page one is on, for links to other views of it.
#[derive(Clone, Copy)]
pub(super) struct Address(StoredValue<String>);

/// The address of the page that is being built.
pub(super) fn use_address() -> Address {
    Address(StoredValue::new(use_location().pathname.get_untracked()))
}

impl Address {
    /// The page's address for a view.
    pub(super) fn href(self, view: &DashboardView) -> String {
        self.0.with_value(|path| href(path, view))
    }
}

fn href(path: &str, view: &DashboardView) -> String {
    let query = query_of(view);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

/// The inverse; what is no valid escape stays as it is, so that a hand-written address never fails.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped =
            bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (bytes[at], escaped) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 2;
            }
            (b'+', _) => decoded.push(b' '),
            (byte, _) => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::semantic::Dimension;

    #[test]
    fn any_product_name_survives_the_address() {
        for name in ["50% off & more", "+1=2", "Café “Été”", "100%", "a/b?c#d"] {
            let view = DashboardView::default().toggled(Dimension::Product, name);
            assert_eq!(view_of(&format!("?{}", query_of(&view))), view, "{name}");
        }
    }

    #[test]
    fn a_broken_address_still_opens() {
        assert_eq!(view_of("%%%&=&range=%zz&country=%E0%A4"), DashboardView::default().toggled(Dimension::Country, "\u{fffd}"));
        assert_eq!(view_of(""), DashboardView::default());
    }

    #[test]
    fn the_default_view_has_the_shortest_address() {
        assert_eq!(href("/sales", &DashboardView::default()), "/sales");
        assert_eq!(href("/dashboards/overview", &view_of("range=30d&compare=none")), "/dashboards/overview?range=30d&compare=none");
    }
}
