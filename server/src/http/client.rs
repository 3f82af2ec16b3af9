//! Who is at the other end of the wire: an address and what the program calls itself.

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, header};
use services::accounts::Client;
use std::net::{IpAddr, SocketAddr};

/// The longest name of a program that is kept.
const USER_AGENT_MAX: usize = 200;

/// The client of a request. Behind a trusted proxy it is the last address that the proxy wrote down.
pub fn client_of(request: &Request, trust_proxy: bool) -> Client {
    let remote = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(remote)| remote.ip());
    let forwarded = trust_proxy.then(|| forwarded_for(request.headers())).flatten();
    let address = forwarded.or(remote).map(|address| address.to_canonical().to_string()).unwrap_or_default();
    let user_agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Client { address, user_agent: user_agent.chars().take(USER_AGENT_MAX).collect() }
}

/// The last entry of `X-Forwarded-For`: the only one that the nearest proxy itself wrote.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn address(trust_proxy: bool) -> String {
        let mut request = Request::builder().header("x-forwarded-for", "6.6.6.6, 192.0.2.7").body(Body::empty()).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4000))));
        client_of(&request, trust_proxy).address
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_a_trusted_proxy() {
        assert_eq!(address(false), "127.0.0.1");
        assert_eq!(address(true), "192.0.2.7");
    }
}
