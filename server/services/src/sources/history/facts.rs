//! Facts that stand alone, row by row: stock, movements of money, advertising. What uploads replaced of them, and how they are taken back.

use super::claims::Claimant;
use super::settled::{Settled, Tally};
use super::take_back::{KEYS_AT_ONCE, Undoing, by_source};
use super::told::{Memory, REMOVED, Told, fold, unfold};
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use chrono_tz::Tz;
use domain::ids::MerchantId;
use domain::sources::{UndoPart, UndoThing};
use entity::replaced_fact::{self, Column};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Value};
use std::collections::{BTreeMap, HashSet};
use std::future::Future;
use uuid::Uuid;

/// A row of a table of such facts.
pub(in crate::sources) trait FactRow: Told + Send + Sync {
    /// As `replaced_facts.kind` tells the tables apart.
    const KIND: i16;

    /// What it is known by within its source.
    fn key(&self) -> String;

    /// On the shop's clock of now.
    #[must_use]
    fn on_clock(self, zone: Tz) -> Self;

    /// The rows of some keys.
    fn of_keys(tx: &Tx, merchant: MerchantId, source: i32, keys: &[String]) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// The rows that an upload brought, at most so many.
    fn of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid, most: u64) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// How many rows an upload brought.
    fn count_of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid) -> impl Future<Output = Result<u64>> + Send;

    /// Rows of a source's days in the order of their keys, at most so many and behind the one that was read last; none where rows have no day.
    fn of_days(
        tx: &Tx,
        merchant: MerchantId,
        source: i32,
        days: (i32, i32),
        behind: Option<&Self>,
        most: u64,
    ) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// Removes a row.
    fn remove(&self, tx: &Tx) -> impl Future<Output = Result<()>> + Send;

    /// Writes a row that is not there.
    fn insert(self, tx: &Tx) -> impl Future<Output = Result<()>> + Send;
}

const COLUMNS: [&str; 8] = ["key", "upload_id", "sequence", "previous_upload_id", "previous", "way", "left_out", "source_id"];

/// One fact that an upload met, as `keep_facts` tells it.
type Met = (String, Uuid, Option<String>, i16, Option<String>);

/// Keeps what an upload met: the key, who had brought what stood there, what that was if it goes, how, and what was left out.
pub(in crate::sources) async fn keep_facts<T: FactRow>(tx: &Tx, db: &Db, by: Claimant, met: Vec<Met>) -> Result<()> {
    let constants = [("merchant_id", Constant::Number(by.merchant.0)), ("kind", Constant::Number(i64::from(T::KIND)))];
    // A fact may stand in a file twice: first as it was known, then otherwise.
    let key = ["merchant_id", "kind", "source_id", "key", "upload_id"];
    let mut bulk = BulkInsert::new(tx, db, "replaced_facts", &constants, &COLUMNS).replacing(&key, &COLUMNS);
    for (key, owner, previous, way, left_out) in met {
        let row: [Value; 8] =
            [key.into(), by.upload_id.into(), by.sequence.into(), owner.into(), previous.into(), way.into(), left_out.into(), by.source_id.into()];
        bulk.row(row).await?;
    }
    bulk.finish().await
}

/// Removes the facts of a source's days that the upload does not name, and keeps them; answers how many. Some at a time: a long period of a
/// large source does not go through memory at once.
pub(in crate::sources) async fn keep_removed_facts<T: FactRow>(tx: &Tx, db: &Db, by: Claimant, days: (i32, i32)) -> Result<i64> {
    let (mut count, mut last) = (0, None::<T>);
    loop {
        let rows = T::of_days(tx, by.merchant, by.source_id, days, last.as_ref(), KEYS_AT_ONCE).await?;
        let Some(end) = rows.last() else { return Ok(count) };
        last = Some(end.clone());
        let keys: Vec<String> = rows.iter().map(FactRow::key).collect();
        let named = replaced_fact::find(by.merchant).filter(Column::Kind.eq(T::KIND)).filter(Column::UploadId.eq(by.upload_id));
        let named = named.filter(Column::Key.is_in(keys)).select_only().column(Column::Key).into_tuple::<String>().all(&**tx).await?;
        let named: HashSet<String> = named.into_iter().collect();
        let mut met = Vec::new();
        for row in rows.into_iter().filter(|row| row.upload() != by.upload_id && !named.contains(&row.key())) {
            row.remove(tx).await?;
            met.push((row.key(), row.upload(), Some(serde_json::to_string(&row)?), REMOVED, None));
        }
        count += i64::try_from(met.len()).unwrap_or(i64::MAX);
        keep_facts::<T>(tx, db, by, met).await?;
    }
}

/// Takes an upload out of what is told of the facts of a table.
pub(super) async fn take_back_facts<T: FactRow>(undoing: &Undoing<'_>) -> Result<()> {
    while peel::<T>(undoing).await? {}
    loop {
        let rows = T::of_upload(undoing.tx, undoing.merchant, undoing.upload, KEYS_AT_ONCE).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            row.remove(undoing.tx).await?;
        }
    }
}

/// Some facts that others told too; `false` when there are none.
async fn peel<T: FactRow>(undoing: &Undoing<'_>) -> Result<bool> {
    let Undoing { tx, merchant, zone, .. } = undoing;
    let some = concerned::<T>(undoing, Some(KEYS_AT_ONCE)).await?;
    let is_done = some.is_empty();
    for (source, keys) in by_source(some) {
        let settled = settled::<T>(undoing, source, &keys).await?;
        let rows = replaced_fact::delete(*merchant).filter(Column::Kind.eq(T::KIND)).filter(Column::SourceId.eq(source));
        rows.filter(Column::Key.is_in(&keys)).exec(&***tx).await?;
        for Settled { key, before, after, memories } in settled {
            if let Some(before) = before {
                before.remove(tx).await?;
            }
            if let Some(after) = after {
                after.on_clock(*zone).insert(tx).await?;
            }
            for memory in memories {
                let row = row_of::<T>(memory, *merchant, source, &key);
                replaced_fact::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&***tx).await?;
            }
        }
    }
    Ok(!is_done)
}

/// Source and key of the facts that the upload and others told; a key may come twice.
async fn concerned<T: FactRow>(undoing: &Undoing<'_>, most: Option<u64>) -> Result<Vec<(i32, String)>> {
    let told = replaced_fact::find(undoing.merchant).filter(Column::Kind.eq(T::KIND));
    let told = told.filter(undoing.concerned(Column::UploadId, Column::PreviousUploadId)).limit(most);
    Ok(told.select_only().columns([Column::SourceId, Column::Key]).into_tuple().all(&**undoing.tx).await?)
}

/// What some facts are now, and what they are without the upload. Changes nothing.
async fn settled<T: FactRow>(undoing: &Undoing<'_>, source: i32, keys: &[String]) -> Result<Vec<Settled<T>>> {
    let Undoing { tx, merchant, upload, lives, .. } = undoing;
    let rows = replaced_fact::find(*merchant).filter(Column::Kind.eq(T::KIND)).filter(Column::SourceId.eq(source));
    let mut memories: BTreeMap<String, Vec<Memory>> = BTreeMap::new();
    for row in rows.filter(Column::Key.is_in(keys)).order_by_asc(Column::Sequence).all(&***tx).await? {
        memories.entry(row.key.clone()).or_default().push(Memory::from(&row));
    }
    let current = T::of_keys(tx, *merchant, source, keys).await?;
    let mut current: BTreeMap<String, T> = current.into_iter().map(|row| (row.key(), row)).collect();
    let settle = |(key, memories): (String, Vec<Memory>)| {
        let before = current.remove(&key);
        let (after, memories) = fold(unfold(before.clone(), &memories, lives)?, *upload, source, lives)?;
        Ok(Settled { key, before, after, memories })
    };
    memories.into_iter().map(settle).collect()
}

/// What taking the upload back would do to the facts of a table.
pub(super) async fn foresee_facts<T: FactRow>(undoing: &Undoing<'_>, thing: UndoThing) -> Result<UndoPart> {
    let mut tally = Tally::of(thing);
    for (source, keys) in by_source(concerned::<T>(undoing, None).await?) {
        for keys in keys.chunks(usize::try_from(KEYS_AT_ONCE).unwrap_or(usize::MAX)) {
            settled::<T>(undoing, source, keys).await?.iter().for_each(|settled| tally.add(settled, undoing.upload));
        }
    }
    Ok(tally.and_alone(T::count_of_upload(undoing.tx, undoing.merchant, undoing.upload).await?))
}

impl From<&replaced_fact::Model> for Memory {
    fn from(row: &replaced_fact::Model) -> Self {
        Self {
            upload: row.upload_id,
            sequence: row.sequence,
            previous_upload: row.previous_upload_id,
            previous: row.previous.clone(),
            way: row.way,
            left_out: row.left_out.clone(),
        }
    }
}

fn row_of<T: FactRow>(memory: Memory, merchant: MerchantId, source_id: i32, key: &str) -> replaced_fact::Model {
    let Memory { upload, sequence, previous_upload, previous, way, left_out } = memory;
    replaced_fact::Model {
        merchant_id: merchant.0,
        kind: T::KIND,
        source_id,
        key: key.to_owned(),
        upload_id: upload,
        sequence,
        previous_upload_id: previous_upload,
        previous,
        way,
        left_out,
    }
}
