//! How many questions are answered at once: work other than figures always finds a connection, and no shop takes all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

use domain::ids::MerchantId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The turns of all shops.
pub(crate) struct Turns {
    all: Arc<Semaphore>,
    shops: Mutex<HashMap<MerchantId, Weak<Semaphore>>>,
    /// How many of them one shop has.
    each: usize,
}

/// A place among those who read; given back when it is dropped.
pub(crate) struct Turn {
    _of_shop: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl Turns {
    /// The turns that a database of so many connections has: signing in, imports and jobs keep the others.
    pub(crate) fn of(connections: usize) -> Self {
        let all = connections * 5 / 8;
        Self { all: Arc::new(Semaphore::new(all)), shops: Mutex::default(), each: all.div_ceil(2) }
    }

    /// Waits for a turn: first for one of the shop's, so that those who wait there are in nobody else's way.
    pub(super) async fn take(&self, merchant: MerchantId) -> Turn {
        const NEVER_CLOSED: &str = "turns are never closed";
        let of_shop = self.shop(merchant).acquire_owned().await.expect(NEVER_CLOSED);
        let of_all = self.all.clone().acquire_owned().await.expect(NEVER_CLOSED);
        Turn { _of_shop: of_shop, _of_all: of_all }
    }

    fn shop(&self, merchant: MerchantId) -> Arc<Semaphore> {
        let mut shops = self.shops.lock().expect("no holder of the lock panics");
        if let Some(known) = shops.get(&merchant).and_then(Weak::upgrade) {
            return known;
        }
        shops.retain(|_, turns| turns.strong_count() > 0);
        let turns = Arc::new(Semaphore::new(self.each));
        shops.insert(merchant, Arc::downgrade(&turns));
        turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    #[test]
    fn no_shop_takes_all_turns_and_all_shops_leave_some_connections() {
        let turns = Turns::of(8);
        let take = |shop: i64| turns.take(MerchantId(shop)).now_or_never();
        let mut first: Vec<Turn> = (0..3).map(|_| take(1).expect("a turn")).collect();
        assert!(take(1).is_none(), "the first shop has three");
        let second: Vec<Turn> = (0..2).map(|_| take(2).expect("another shop has its own")).collect();
        assert!(take(2).is_none() && take(3).is_none(), "five of eight connections are taken");
        first.pop();
        let third = take(3).expect("one was given back");
        assert!(take(1).is_none());
        drop((first, second, third));
        assert_eq!((turns.all.available_permits(), take(1).is_some()), (5, true));
        assert_eq!(turns.shops.lock().expect("it locks").len(), 1, "shops that ask nothing are forgotten");
    }
}
