//! The audit log: what matters for a shop's safety, and who did it.

use domain::Permission;
use domain::accounts::AuditEntry;
use domain::ids::{MerchantId, UserId};
use entity::audit_event::{self, Column};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::stored;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// How many entries one answer holds.
const PAGE: u64 = 100;

/// Something to be remembered.
pub struct Event<'a> {
    /// In which shop.
    pub merchant_id: MerchantId,
    /// Who: an address, a key's name, or empty for the program itself.
    pub actor: &'a str,
    /// What, as a dotted word.
    pub action: &'static str,
    /// To whom or what, in words.
    pub subject: String,
    /// From which network address.
    pub address: &'a str,
}

impl<'a> Event<'a> {
    /// Something an actor did in its shop.
    pub fn by(actor: &'a Actor, action: &'static str, subject: impl Into<String>) -> Self {
        Self { merchant_id: actor.merchant_id, actor: &actor.name, action, subject: subject.into(), address: &actor.address }
    }
}

/// Remembers it, if the transaction lasts.
pub async fn record(tx: &Tx, services: &Services, event: Event<'_>) -> Result<()> {
    let now = services.clock.now_ms();
    let row = audit_event::Model {
        merchant_id: event.merchant_id.0,
        id: services.random.uuid_v7(now),
        at: now,
        actor: event.actor.to_owned(),
        action: event.action.to_owned(),
        subject: event.subject,
        address: event.address.to_owned(),
    };
    audit_event::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await?;
    Ok(())
}

/// Remembers what concerns a person in each of their shops. Needs a system transaction.
pub(super) async fn record_in_all_shops(tx: &Tx, services: &Services, user: UserId, event: Event<'_>) -> Result<()> {
    for membership in stored::memberships(tx, user).await? {
        let here = Event { merchant_id: membership.merchant_id.into(), subject: event.subject.clone(), ..event };
        record(tx, services, here).await?;
    }
    Ok(())
}

/// The newest hundred, or the newest hundred before an instant.
pub async fn list_audit(services: &Services, actor: &Actor, before_ms: Option<i64>) -> Result<Vec<AuditEntry>> {
    actor.require(Permission::SeeAudit)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let mut events = audit_event::find(actor.merchant_id);
    if let Some(before) = before_ms {
        events = events.filter(Column::At.lt(before));
    }
    let rows = events.order_by_desc(Column::At).order_by_desc(Column::Id).limit(PAGE).all(&*tx).await?;
    let entry = |row: audit_event::Model| AuditEntry { at: row.at, actor: row.actor, action: row.action, subject: row.subject, address: row.address };
    Ok(rows.into_iter().map(entry).collect())
}
