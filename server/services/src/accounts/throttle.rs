//! Counting tries, so that nobody tries all passwords.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use domain::AppError;

use super::types::Client;
use crate::{Result, ServiceError, Services};

/// Tries are counted in windows of a quarter of an hour.
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// What is counted, and how much of it a window holds.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    name: &'static str,
    most: i64,
    words: &'static str,
}

pub(super) const ACCOUNT: Limit =
    Limit { name: "sign-in-account", most: 10, words: "too many wrong passwords for this account; reset the password or try again" };
pub(super) const ADDRESS: Limit = Limit { name: "sign-in-address", most: 50, words: "too many wrong passwords from your network; try again" };
pub(super) const FORGOTTEN: Limit =
    Limit { name: "forgot-account", most: 5, words: "a link was asked for several times already; look into your mail or try again" };
pub(super) const FORGOTTEN_ADDRESS: Limit =
    Limit { name: "forgot-address", most: 50, words: "too many links were asked for from your network; try again" };
pub(super) const NEW_SHOPS: Limit = Limit { name: "sign-up-address", most: 200, words: "too many shops were opened from your network; try again" };
pub(super) const DEMO_VISITS: Limit =
    Limit { name: "demo-address", most: 100, words: "too many visits to the demo shop from your network; try again" };
pub(crate) const WRONG_LINKS: Limit =
    Limit { name: "link-wrong", most: 60, words: "too many links that do not work were tried from your network; try again" };
pub(crate) const LINK_OPENINGS: Limit =
    Limit { name: "link-opened", most: 600, words: "this link was opened too often from your network; try again" };

impl Limit {
    /// Counts one try by `whom`, refusing it when the window is full. Counted before the try, so that many at once do not slip through.
    pub(crate) async fn count(self, services: &Services, whom: &str) -> Result<()> {
        let (key, ends_in) = self.window(services, whom);
        if services.kv.increment(&key, WINDOW).await <= self.most {
            return Ok(());
        }
        Err(self.refusal(ends_in))
    }

    fn refusal(self, ends_in: u64) -> ServiceError {
        let minutes = ends_in.div_ceil(60);
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        AppError::rate_limited(format!("{} in {minutes} {unit}", self.words), ends_in).into()
    }

    /// The try was a good one and does not count.
    pub(super) async fn forgive(self, services: &Services, whom: &str) {
        services.kv.decrement(&self.window(services, whom).0, WINDOW).await;
    }

    /// All tries are forgotten.
    pub(super) async fn reset(self, services: &Services, whom: &str) {
        services.kv.delete(&self.window(services, whom).0).await;
    }

    /// The counter's key, without personal data in it, and the seconds until its window ends.
    fn window(self, services: &Services, whom: &str) -> (String, u64) {
        let now = services.clock.now_ms().unsigned_abs() / 1_000;
        let (number, into) = (now / WINDOW.as_secs(), now % WINDOW.as_secs());
        (format!("throttle:{}:{}:{number}", self.name, services.keys.pseudonym(whom)), WINDOW.as_secs() - into)
    }
}

/// Where requests come from, as far as it is known. Whoever has one IPv6 address has the 2⁶⁴ of its network, so these count as one.
pub(crate) fn network(client: &Client) -> String {
    match client.address.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from(u128::from(address) >> 64 << 64).to_string(),
        Ok(address) => address.to_string(),
        Err(_) => client.address.clone(),
    }
}
