//! How many connections one address holds.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts connections by address.
#[derive(Clone)]
pub(super) struct AddressCaps {
    cap: Option<usize>,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection's place; given back when dropped.
pub(super) struct Place {
    caps: AddressCaps,
    address: IpAddr,
}

impl AddressCaps {
    pub(super) fn new(cap: Option<usize>) -> Self {
        Self { cap, counts: Arc::default() }
    }

    /// A place for one more connection of an address, if it may have one.
    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        let address = network_of(address);
        let mut counts = self.counts();
        let count = counts.entry(address).or_default();
        if self.cap.is_some_and(|cap| *count >= cap) {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Place { caps: self.clone(), address })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.caps.counts();
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// One household has a whole /64 of IPv6 addresses: they count as one.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address) >> 64 << 64)),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_once_its_connection_ends() {
        let caps = AddressCaps::new(Some(2));
        let address = "192.0.2.1".parse().expect("an address");
        let (first, second) = (caps.take(address), caps.take(address));
        assert!(first.is_some() && second.is_some() && caps.take(address).is_none());
        assert!(caps.take("192.0.2.2".parse().expect("an address")).is_some());
        drop(first);
        assert!(caps.take(address).is_some());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_its_places() {
        let caps = AddressCaps::new(Some(1));
        let _held = caps.take("2001:db8::1".parse().expect("an address"));
        assert!(caps.take("2001:db8::2".parse().expect("an address")).is_none());
        assert!(caps.take("2001:db8:0:1::2".parse().expect("an address")).is_some());
    }
}
