//! Values from text. Each error completes the sentence "NAME=value …".

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// `on` and `off`, and what people write for them.
pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Ok(true),
        "off" | "false" | "no" | "0" => Ok(false),
        _ => Err("is neither on nor off; write one of the two".to_owned()),
    }
}

/// A number of bytes, with or without `KiB`, `MiB`, `GiB`.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let wrong = || "is not a size; write bytes, or for example 500MiB or 4GiB".to_owned();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let factor: u64 = match text[digits..].trim() {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err(wrong()),
    };
    let size = text[..digits].parse::<u64>().ok().and_then(|count| count.checked_mul(factor)).ok_or_else(wrong)?;
    if (1 << 10..=1 << 42).contains(&size) { Ok(size) } else { Err("is out of range; choose between 1KiB and 4096GiB".to_owned()) }
}

/// An address people can reach: scheme, host and perhaps a port, without a path.
pub(super) fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let uri: axum::http::Uri = text.parse().map_err(|_| "is not an address; write for example https://tradepost.example.com".to_owned())?;
    let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) else {
        return Err("is not an address; write for example https://tradepost.example.com".to_owned());
    };
    if uri.path() != "/" || uri.query().is_some() || uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("must hold no path, question mark or user; write only scheme and host, for example https://tradepost.example.com".to_owned());
    }
    match scheme {
        "https" => Ok(text.to_owned()),
        "http" if is_private(host) => Ok(text.to_owned()),
        "http" => Err("sends sessions in the clear over the open network; put a proxy with TLS in front and write https://".to_owned()),
        _ => Err("must begin with https:// or, in a private network, http://".to_owned()),
    }
}

/// Sites: scheme, host and perhaps a port, with spaces or commas between them. They become part of a header, so nothing may stand in
/// them that means more there than a host does.
pub(super) fn origins(text: &str) -> Result<Vec<String>, String> {
    let mut origins = Vec::new();
    for part in text.split([' ', ',']).filter(|part| !part.is_empty()) {
        let origin = public_url(part).map_err(|problem| format!("holds “{part}”, which {problem}"))?.to_ascii_lowercase();
        let (_, host) = origin.split_once("://").expect("a public address has a scheme");
        if !host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c)) {
            return Err(format!("holds “{part}”; write each site by its whole name, without a star, for example https://www.example.com"));
        }
        origins.push(origin);
    }
    Ok(origins)
}

/// The address under which this machine reaches itself.
pub(super) fn url_of(address: SocketAddr) -> String {
    let host = if address.ip().is_unspecified() { IpAddr::from(Ipv4Addr::LOCALHOST) } else { address.ip() };
    format!("http://{}", SocketAddr::new(host, address.port()))
}

/// An e-mail address, with or without a name before it.
pub(super) fn sender(text: &str) -> Result<String, String> {
    let address = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
    let is_one = domain::validate::is_email(address) && !text.chars().any(char::is_control);
    if is_one { Ok(text.to_owned()) } else { Err("is not an e-mail address; write for example Tradepost <tradepost@example.com>".to_owned()) }
}

/// Whether a host is this machine or lies in a private network.
fn is_private(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
        Err(_) => !host.contains('.') || [".local", ".localhost", ".lan", ".internal", ".test"].iter().any(|end| host.ends_with(end)),
    }
}

/// An address of a service with one of these schemes; never echoes the text, which may hold a password.
pub(super) fn service_url(text: &str, schemes: &[&str]) -> Result<String, String> {
    let known = text.split_once(':').is_some_and(|(scheme, rest)| schemes.contains(&scheme) && !rest.is_empty());
    if known {
        Ok(text.to_owned())
    } else {
        Err(format!("must begin with {}", schemes.iter().map(|s| format!("{s}:")).collect::<Vec<_>>().join(" or ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(bytes("4GiB"), Ok(4 << 30));
        assert_eq!(bytes("2048"), Ok(2048));
        for bad in ["4 apples", "-1", "12", "99999999GiB", ""] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sites_are_scheme_and_host_and_nothing_that_a_header_would_take_for_more() {
        let good = origins("https://www.example.com, http://127.0.0.1:8080  https://b.example.com/");
        assert_eq!(good, Ok(vec!["https://www.example.com".to_owned(), "http://127.0.0.1:8080".to_owned(), "https://b.example.com".to_owned()]));
        assert_eq!(origins(""), Ok(Vec::new()));
        for bad in
            ["*", "https://*", "https://*.example.com", "www.example.com", "http://www.example.com", "https://a.example/x", "javascript:alert(1)"]
        {
            assert!(origins(bad).is_err(), "{bad}");
        }
        assert!(origins("https://a.example;script-src").is_err() && origins("'self'").is_err());
    }

    #[test]
    fn plain_http_is_for_private_hosts_only() {
        for good in ["https://shop.example.com/", "http://127.0.0.1:3000", "http://localhost:3000", "http://192.168.1.7", "http://nas.local"] {
            assert!(public_url(good).is_ok(), "{good}");
        }
        for bad in [
            "http://shop.example.com",
            "ftp://x",
            "shop.example.com",
            "https://shop.example.com/path",
            "https://me@shop.example.com",
            "http://8.8.8.8",
        ] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }
}
