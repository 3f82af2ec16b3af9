//! Orders and refunds under one number, in one currency: what counts of each line. Pure.

use super::own_lines::{first_own, lessen};
use super::returns::OwnTelling;
use crate::sources::history::Layer;
use entity::order_line;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The names by which people told sources of one shape apart, by the sources' ids.
pub(super) type OwnNames = HashMap<i32, Option<String>>;

/// What counts of some orders and refunds.
#[derive(Debug, PartialEq)]
pub(super) struct Counted {
    /// What counts of each line of each of them.
    pub(super) counts: Vec<Vec<Count>>,
    /// Refunds that the export of their order tells too, with that order.
    pub(super) told_twice: Vec<(usize, usize)>,
    /// Refunds that could be of several orders of which some export tells refunds, with each of these: they count as they are told.
    pub(super) unclear: Vec<(usize, usize)>,
}

/// What counts of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) amount_minor: i64,
    pub(super) quantity_milli: i64,
}

/// What counts of each line, whatever counts of it now.
pub(super) fn counted(members: &[Layer], names: &OwnNames) -> Counted {
    let counts = members.iter().map(|member| member.lines.iter().map(told).collect()).collect();
    let mut counted = Counted { counts, told_twice: Vec::new(), unclear: Vec::new() };
    let mut of_order: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for refund in refunds_in_turn(members) {
        match *candidates(members, refund, names) {
            [order] if members[order].order.given_back_minor.is_some() => of_order.entry(order).or_default().push(refund),
            [] | [_] => {}
            ref several => {
                let is_told = several.iter().any(|order| members[*order].order.given_back_minor.is_some());
                counted.unclear.extend(several.iter().filter(|_| is_told).map(|order| (refund, *order)));
            }
        }
    }
    for (order, refunds) in of_order {
        counted.share(members, order, &refunds);
    }
    counted
}

/// A line as its file tells it.
pub(super) fn told(line: &order_line::Model) -> Count {
    Count { amount_minor: line.told_minor.unwrap_or(line.amount_minor), quantity_milli: line.told_quantity_milli.unwrap_or(line.quantity_milli) }
}

fn told_minor(line: &order_line::Model) -> i64 {
    told(line).amount_minor
}

/// The refunds, the oldest first; which was stored first does not matter.
fn refunds_in_turn(members: &[Layer]) -> Vec<usize> {
    let mut refunds: Vec<usize> = (0..members.len()).filter(|place| members[*place].order.refund_of.is_some()).collect();
    refunds.sort_by_key(|place| {
        let order = &members[*place].order;
        (order.occurred_at, &order.external_id, &order.content_hash, order.source_id)
    });
    refunds
}

/// The orders that a refund could be of: those of sources under the name of its own, else of any.
fn candidates(members: &[Layer], refund: usize, names: &OwnNames) -> Box<[usize]> {
    let is_order = |place: &usize| {
        let order = &members[*place].order;
        order.refund_of.is_none() && order.is_sale && !order.is_test && !order.is_aggregate
    };
    let name = |place: usize| names.get(&members[place].order.source_id);
    let all: Vec<usize> = (0..members.len()).filter(is_order).collect();
    let of_name: Vec<usize> = all.iter().copied().filter(|order| name(*order) == name(refund)).collect();
    if of_name.is_empty() { all.into() } else { of_name.into() }
}

impl Counted {
    /// Counts what an order's export and its refunds tell once.
    fn share(&mut self, members: &[Layer], order: usize, refunds: &[usize]) {
        let own = own_telling(&members[order]);
        let back = |place: &usize| members[*place].lines.iter().map(|line| told_minor(line).min(0).saturating_neg()).fold(0, i64::saturating_add);
        let mut returns = own.returns(refunds.iter().map(back).fold(0, i64::saturating_add));
        let mut before = 0_i64;
        for refund in refunds {
            if before < own.whole() {
                self.told_twice.push((*refund, order));
            }
            before = before.saturating_add(back(refund));
            for count in self.counts[*refund].iter_mut().filter(|count| count.amount_minor < 0) {
                count.amount_minor = -returns.take(count.amount_minor.saturating_neg());
            }
        }
        let (first, refunds) = (first_own(&members[order]), refunds.iter().flat_map(|refund| &members[*refund].lines));
        lessen(&mut self.counts[order][first..], &members[order].lines[first..], &refunds.collect::<Vec<_>>(), own.given_back - returns.rest());
    }
}

fn own_telling(Layer { order, lines }: &Layer) -> OwnTelling {
    let sum = |of: fn(i64) -> i64| lines.iter().map(|line| of(told_minor(line))).fold(0, i64::saturating_add);
    let given_back = order.given_back_minor.unwrap_or(0);
    OwnTelling { sold: sum(|amount| amount.max(0)), lines_back: sum(|amount| amount.min(0).saturating_neg()) - given_back, given_back }
}

/// How many of some refunds with their orders are an upload's, or those of its orders.
pub(super) fn count_of(refunds: &[(usize, usize)], members: &[Layer], upload: uuid::Uuid) -> i64 {
    let is_of = |place: usize| members[place].order.upload_id == upload;
    let concerned: BTreeSet<usize> = refunds.iter().filter(|(refund, order)| is_of(*refund) || is_of(*order)).map(|(refund, _)| *refund).collect();
    i64::try_from(concerned.len()).unwrap_or(i64::MAX)
}
