//! Work that the clock asks for: each slot of time is taken once, however many servers run.

use super::{JobKind, NewJob, enqueue};
use crate::context::Services;
use crate::error::Result;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::collections::BTreeMap;

const HOUR_MS: i64 = 60 * 60 * 1000;

struct Entry {
    name: &'static str,
    every_ms: i64,
    kind: JobKind,
}

const TABLE: &[Entry] = &[Entry { name: "clean_up", every_ms: HOUR_MS, kind: JobKind::CleanUp }];

/// Which slots this process has seen to, so that it asks the database once a slot.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<&'static str, i64>);

/// Enqueues what is due; answers how many jobs that were.
pub(super) async fn tick(services: &Services, seen: &mut Seen) -> Result<usize> {
    let mut made = 0;
    for entry in TABLE {
        let slot = services.clock.now_ms().div_euclid(entry.every_ms);
        if seen.0.get(entry.name) == Some(&slot) {
            continue;
        }
        made += usize::from(take(services, entry, slot).await?);
        seen.0.insert(entry.name, slot);
    }
    Ok(made)
}

/// Takes the slot and enqueues its job in one transaction, or does neither.
async fn take(services: &Services, entry: &Entry, slot: i64) -> Result<bool> {
    use entity::cron_slot::{ActiveModel, Column, Entity};
    let tx = services.db.system_write().await?;
    let row = ActiveModel { name: Set(entry.name.to_owned()), slot: Set(slot) };
    let once = OnConflict::columns([Column::Name, Column::Slot]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(&*tx).await? == 0 {
        return Ok(false);
    }
    let job = NewJob {
        merchant_id: None,
        kind: entry.kind,
        payload: serde_json::json!({}),
        dedup_key: Some(entry.name.to_owned()),
        run_at: None,
        max_attempts: 3,
    };
    enqueue(&tx, services, job).await?;
    tx.commit().await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = TABLE.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), TABLE.len());
    }
}
