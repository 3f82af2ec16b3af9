//! Counting the openings of public links, without a queue of writers: the database has one at a time, and uploads wait for it too.

use std::collections::HashMap;
use std::sync::Mutex;

use domain::ids::{LinkId, MerchantId};
use entity::board_link::{self, Column};
use sea_orm::sea_query::{Expr, ExprTrait as _};

use crate::{Result, Services};

/// Openings that are not written yet, by link.
#[derive(Default)]
pub(crate) struct PendingUses(Mutex<HashMap<LinkId, i64>>);

impl PendingUses {
    /// Counts one; whether it is the first that waits, so that somebody has to write them.
    fn add(&self, link: LinkId) -> bool {
        let mut pending = self.0.lock().expect("no holder of the lock panics");
        let count = pending.entry(link).or_default();
        *count += 1;
        *count == 1
    }

    /// All that wait; they are the taker's to write.
    fn take(&self, link: LinkId) -> i64 {
        self.0.lock().expect("no holder of the lock panics").remove(&link).unwrap_or_default()
    }

    /// What could not be written waits again.
    fn give_back(&self, link: LinkId, uses: i64) {
        *self.0.lock().expect("no holder of the lock panics").entry(link).or_default() += uses;
    }
}

/// Written beside the request, which does not wait for the database's writer. However many open a link meanwhile, one write waits for it.
pub(super) fn note_use(services: &Services, link: &board_link::Model) {
    let (merchant, id) = (MerchantId(link.merchant_id), LinkId(link.id));
    if !services.link_uses.add(id) {
        return;
    }
    let services = services.clone();
    services.clone().tasks.spawn(async move {
        if let Err(error) = write(&services, merchant, id).await {
            let lost = services.link_uses.take(id);
            tracing::warn!(error.cause = %error, uses = lost, "the use of a public link could not be noted");
        }
    });
}

async fn write(services: &Services, merchant: MerchantId, id: LinkId) -> Result<()> {
    let tx = services.db.write(merchant).await?;
    let (now, uses) = (services.clock.now_ms(), services.link_uses.take(id));
    let written = async {
        let this = board_link::update(merchant, id).col_expr(Column::LastUsedAt, Expr::value(now));
        this.col_expr(Column::Uses, Expr::col(Column::Uses).add(uses)).exec(&*tx).await?;
        tx.commit().await
    };
    let written = written.await;
    if written.is_err() {
        services.link_uses.give_back(id, uses);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_openings_one_writes_and_none_is_lost() {
        let uses = PendingUses::default();
        let (one, other) = (LinkId(uuid::Uuid::from_u128(1)), LinkId(uuid::Uuid::from_u128(2)));
        assert_eq!([uses.add(one), uses.add(one), uses.add(other), uses.add(one)], [true, false, true, false]);
        assert_eq!((uses.take(one), uses.take(one), uses.take(other)), (3, 0, 1));
        assert!(uses.add(one), "who comes after a write sees to the next");
        let taken = uses.take(one);
        assert!(uses.add(one));
        uses.give_back(one, taken);
        assert_eq!(uses.take(one), 2, "what could not be written is told with what came meanwhile");
    }
}
