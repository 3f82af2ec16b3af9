//! What counts of orders and refunds once an upload is taken back, worked out without doing it.

use super::counted::{OwnNames, counted};
use super::groups::{Key, has_refunds, key_of, load, own_names, refund_keys_after};
use crate::db::Tx;
use crate::error::Result;
use crate::sources::book::plain_number;
use crate::sources::history::Layer;
use domain::ids::MerchantId;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Orders and refunds that an upload and others told, as they will be, by source and number; what it alone told goes.
#[derive(Debug, Default)]
pub(in crate::sources) struct Overlay(HashMap<(i32, String), Option<Layer>>);

/// An order or refund of which another part counts then.
#[derive(Debug)]
pub(in crate::sources) struct Shift {
    pub(in crate::sources) source: i32,
    pub(in crate::sources) number: String,
    pub(in crate::sources) currency: String,
    /// What counts of it now and then; `None` where it is not there.
    pub(in crate::sources) now: Option<i64>,
    pub(in crate::sources) then: Option<i64>,
    /// By how much more net sales change than by what its file tells.
    pub(in crate::sources) beyond: i64,
    /// Only the upload told it.
    pub(in crate::sources) is_alone: bool,
}

impl Overlay {
    /// Takes what becomes of an order or refund, if it is a refund or of a number that refunds name.
    pub(in crate::sources) fn take(&mut self, source: i32, number: &str, before: Option<&Layer>, after: Option<&Layer>, refunded: &HashSet<String>) {
        let is_refund = |layer: &Layer| layer.order.refund_of.is_some();
        if refunded.contains(plain_number(number)) || [before, after].into_iter().flatten().any(is_refund) {
            self.0.insert((source, number.to_owned()), after.cloned());
        }
    }
}

/// What shifts when an upload goes. Reads only.
pub(in crate::sources) async fn foresee(tx: &Tx, merchant: MerchantId, upload: Uuid, overlay: &Overlay) -> Result<Vec<Shift>> {
    let mut coming: BTreeMap<Key, Vec<&Layer>> = BTreeMap::new();
    for layer in overlay.0.values().flatten() {
        coming.entry(key_of(&layer.order)).or_default().push(layer);
    }
    let mut more: BTreeSet<Key> =
        coming.iter().filter(|(_, layers)| layers.iter().any(|layer| layer.order.refund_of.is_some())).map(|(key, _)| key.clone()).collect();
    if more.is_empty() && !has_refunds(tx, merchant).await? {
        return Ok(Vec::new());
    }
    let open: BTreeSet<Key> = coming.keys().cloned().collect();
    let foreseeing = Foreseeing { upload, overlay, coming, names: own_names(tx, merchant).await? };
    let (mut shifts, mut last) = (Vec::new(), String::new());
    while let Some((keys, end)) = refund_keys_after(tx, merchant, &last).await? {
        let mut groups = load(tx, merchant, &foreseeing.names, &keys, &open).await?;
        for key in keys {
            more.remove(&key);
            foreseeing.add(&key, groups.remove(&key).unwrap_or_default(), &mut shifts);
        }
        last = end;
    }
    let mut groups = load(tx, merchant, &foreseeing.names, &more, &open).await?;
    more.iter().for_each(|key| foreseeing.add(key, groups.remove(key).unwrap_or_default(), &mut shifts));
    Ok(shifts)
}

struct Foreseeing<'o> {
    upload: Uuid,
    overlay: &'o Overlay,
    coming: BTreeMap<Key, Vec<&'o Layer>>,
    names: OwnNames,
}

impl Foreseeing<'_> {
    /// Adds the shifts among what stands under a key.
    fn add(&self, key: &Key, before: Vec<Layer>, shifts: &mut Vec<Shift>) {
        let place = |layer: &Layer| (layer.order.source_id, layer.order.external_id.clone());
        let is_settled = |layer: &Layer| self.overlay.0.contains_key(&place(layer));
        let stays = |layer: &&Layer| !is_settled(layer) && layer.order.upload_id != self.upload;
        let coming = self.coming.get(key).into_iter().flatten().copied();
        let after: Vec<Layer> = before.iter().filter(stays).chain(coming).cloned().collect();
        let counts = counted(&after, &self.names).counts;
        let mut then: BTreeMap<_, (i64, i64)> = BTreeMap::new();
        for (layer, counts) in after.iter().zip(counts) {
            let (net, told) = (counts.iter().fold(0_i64, |net, count| net.saturating_add(count.amount_minor)), layer.told_net());
            then.insert(place(layer), (net, net - told));
        }
        for layer in &before {
            let (now, twice) = (layer.order.net_minor, layer.order.told_twice_minor.unwrap_or(0));
            let (net, twice_then) = then.remove(&place(layer)).map_or((None, 0), |(net, twice)| (Some(net), twice));
            let is_alone = net.is_none() && !is_settled(layer);
            let ((source, number), currency) = (place(layer), layer.order.currency.clone());
            shifts.push(Shift { source, number, currency, now: Some(now), then: net, beyond: twice_then - twice, is_alone });
        }
        for ((source, number), (net, twice)) in then {
            shifts.push(Shift { source, number, currency: key.1.clone(), now: None, then: Some(net), beyond: twice, is_alone: false });
        }
        shifts.retain(|shift| shift.now != shift.then || shift.beyond != 0);
    }
}
