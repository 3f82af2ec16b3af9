//! Which hosts are this computer, and which are our own, however they are spelt.

use std::net::Ipv4Addr;
use url::{Host, Url};

/// Whether an address is on this computer.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_local_name(name.trim_end_matches('.')),
        Some(Host::Ipv4(number)) => number.is_loopback(),
        Some(Host::Ipv6(number)) => number.is_loopback() || number.to_ipv4_mapped().is_some_and(|number| number.is_loopback()),
        None => false,
    }
}

fn is_local_name(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether an address is our own. Ports of one host share their cookies, so no port of ours is framed; on this computer,
/// where everything is one host, the port decides.
pub(super) fn is_own(url: &Url, own: &Url) -> bool {
    if is_here(url) && is_here(own) {
        return url.port_or_known_default() == own.port_or_known_default();
    }
    canonical(url) == canonical(own)
}

/// This computer by any of its spellings, also the one that means "every address".
fn is_here(url: &Url) -> bool {
    is_loopback(url)
        || matches!(url.host(), Some(Host::Ipv4(Ipv4Addr::UNSPECIFIED)))
        || matches!(url.host(), Some(Host::Ipv6(number)) if number.is_unspecified())
}

fn canonical(url: &Url) -> Option<String> {
    Some(match url.host()? {
        Host::Domain(name) => name.trim_end_matches('.').to_ascii_lowercase(),
        Host::Ipv4(number) => number.to_string(),
        Host::Ipv6(number) => number.to_ipv4_mapped().map_or_else(|| number.to_string(), |number| number.to_string()),
    })
}
