//! A view as the query string of an address, and back.

use super::DashboardView;
use std::fmt::Write;

impl DashboardView {
    /// The view that an address's query string (`range=30d&country=GB`) means.
    pub fn from_query(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (decode(key), decode(value))).collect();
        Self::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
    }

    /// The query string of a view, without a question mark.
    pub fn to_query(&self) -> String {
        let pairs = self.to_pairs();
        let pairs = pairs.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
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
    use crate::semantic::Dimension;

    #[test]
    fn any_product_name_survives_the_address() {
        for name in ["50% off & more", "+1=2", "Café “Été”", "100%", "a/b?c#d"] {
            let view = DashboardView::default().toggled(Dimension::Product, name);
            assert_eq!(DashboardView::from_query(&format!("?{}", view.to_query())), view, "{name}");
        }
    }

    #[test]
    fn a_broken_address_still_opens() {
        let broken = DashboardView::from_query("%%%&=&range=%zz&country=%E0%A4");
        assert_eq!(broken, DashboardView::default().toggled(Dimension::Country, "\u{fffd}"));
        assert_eq!(DashboardView::from_query(""), DashboardView::default());
    }
}
