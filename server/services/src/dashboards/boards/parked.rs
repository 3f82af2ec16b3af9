//! Boards whose other cards a page is about to ask for: the work on them goes on meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::Role;
use domain::dashboards::{BoardKey, DashboardView};
use domain::ids::{MerchantId, UserId};

use super::stream_board::BoardParts;
use crate::{Actor, Services};

/// So long a page has to ask: its scripts may have to load first.
const KEPT: Duration = Duration::from_secs(10);

/// The parts that wait to be taken, by their tickets. They are of this process: another one answers them anew.
#[derive(Default)]
pub(crate) struct Parked(Mutex<HashMap<String, (Asked, BoardParts)>>);

/// Who asked for what.
#[derive(PartialEq)]
pub(super) struct Asked {
    user: Option<UserId>,
    merchant: MerchantId,
    role: Role,
    key: BoardKey,
    view: DashboardView,
}

impl Asked {
    pub(super) fn new(actor: &Actor, key: BoardKey, view: &DashboardView) -> Self {
        Self { user: actor.user_id, merchant: actor.merchant_id, role: actor.role, key, view: view.clone() }
    }
}

impl Parked {
    /// Keeps parts for whoever asked for them; gives their ticket. If nobody comes, they are dropped, which ends the work on them.
    pub(super) fn keep(services: &Services, asked: Asked, parts: BoardParts) -> String {
        let ticket = services.random.token();
        services.parked.parts().insert(ticket.clone(), (asked, parts));
        let (parked, kept) = (Arc::downgrade(&services.parked), ticket.clone());
        tokio::spawn(async move {
            tokio::time::sleep(KEPT).await;
            if let Some(parked) = parked.upgrade() {
                let forgotten = parked.parts().remove(&kept);
                drop(forgotten);
            }
        });
        ticket
    }

    /// The parts of a ticket, once, for whoever asked the same.
    pub(super) fn take(&self, ticket: &str, asked: &Asked) -> Option<BoardParts> {
        let mut parts = self.parts();
        let is_theirs = parts.get(ticket).is_some_and(|(kept, _)| kept == asked);
        is_theirs.then(|| parts.remove(ticket)).flatten().map(|(_, parts)| parts)
    }

    fn parts(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Asked, BoardParts)>> {
        self.0.lock().expect("no holder of the lock panics")
    }
}
