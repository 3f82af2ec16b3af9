//! Facts that stand alone, row by row, beside what is there: new, the same, changed, or left as it was by a file that only adds.

use super::facts::KEYS_AT_ONCE;
use super::other_facts::{Ground, Outcome};
use crate::error::Result;
use crate::sources::history::{FactRow, LEFT, TOOK, keep_facts};
use domain::ids::MerchantId;
use domain::sources::UploadMode;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What came of each row, and the rows to be written; what they meet is remembered.
pub(super) async fn settle<T: FactRow>(ground: &Ground<'_>, rows: Vec<T>) -> Result<(Vec<Outcome>, Vec<T>)> {
    let target = ground.target;
    let keys: Vec<String> = rows.iter().map(T::key).collect();
    let before = known::<T>(ground, &keys).await?;
    let (mut outcomes, mut written, mut left) = (Vec::with_capacity(rows.len()), BTreeMap::new(), BTreeMap::new());
    for (key, row) in keys.iter().zip(rows) {
        let outcome = match written.get(key).or_else(|| before.get(key)) {
            None => Outcome::New,
            Some(known) if known.is_same(&row) => Outcome::Same,
            Some(known) if target.mode == UploadMode::Append && known.upload() != target.upload_id => Outcome::Left,
            Some(_) => Outcome::Updated,
        };
        outcomes.push(outcome);
        match outcome {
            Outcome::New | Outcome::Updated => drop(written.insert(key.clone(), row)),
            Outcome::Left => drop(left.insert(key.clone(), row)),
            Outcome::Same => {}
        }
    }
    let mut met = Vec::new();
    for key in keys.iter().collect::<BTreeSet<_>>() {
        // What this very upload brought before is nobody else's.
        let Some(was) = before.get(key).filter(|row| row.upload() != target.upload_id) else { continue };
        let only_adds = target.mode == UploadMode::Append;
        let previous = written.contains_key(key).then(|| serde_json::to_string(was)).transpose()?;
        let left_out = left.get(key).map(serde_json::to_string).transpose()?;
        met.push((key.clone(), was.upload(), previous, if only_adds { LEFT } else { TOOK }, left_out));
    }
    keep_facts::<T>(ground.tx, ground.db, *ground.claimant, met).await?;
    Ok((outcomes, written.into_values().collect()))
}

async fn known<T: FactRow>(ground: &Ground<'_>, keys: &[String]) -> Result<HashMap<String, T>> {
    let mut known = HashMap::new();
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows = T::of_keys(ground.tx, MerchantId(ground.merchant.id), ground.target.source_id, some).await?;
        known.extend(rows.into_iter().map(|row| (row.key(), row)));
    }
    Ok(known)
}
