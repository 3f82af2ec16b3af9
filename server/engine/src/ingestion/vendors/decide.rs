//! Whose export a header is: a decision by score with its reasons, and none where two vendors could be meant.

use super::places;
use super::vendor::{Export, VENDORS, Vendor};
use super::vocabulary::{Fit, VOCABULARY};
use crate::ingestion::headings;
use domain::sources::Reason;
use std::collections::{BTreeMap, BTreeSet};

/// So much of a generation must be there, in thousandths of its weight.
const MOST_OF_IT: i32 = 550;
/// Where nearly all columns of the file are known, less of a generation will do: people choose columns.
const PART_OF_IT: i32 = 400;
const NEARLY_ALL_KNOWN: i32 = 800;
/// So many columns that no other vendor has.
const TELLING_COLUMNS: usize = 3;
/// A generation that is there as a whole, and so wide, needs fewer of them: twins share most of their names.
const WHOLE_COLUMNS: usize = 20;
/// So does a narrower one with so many of them: short reports have few columns of their own.
const WHOLE_NARROW_COLUMNS: usize = 8;
const TELLING_OF_NARROW: usize = 2;
/// So much of a generation, or so many of a thousand columns of the file, are a near miss.
const NEAR_COVERAGE: i32 = 200;
const NEAR_KNOWN: i32 = 500;
/// So many columns that only another vendor has are a mixture; fewer are when they are so many of a thousand.
const FOREIGN_COLUMNS: usize = 4;
const FEW_FOREIGN_COLUMNS: usize = 3;
const FOREIGN_SHARE: usize = 150;
/// So much of another vendor's generation is a mixture too.
const PART_OF_ANOTHER: i32 = 350;

/// What the headers tell of their vendor.
pub(in crate::ingestion) struct Verdict {
    /// The vendor and its export, if it is surely one.
    pub named: Option<(&'static Vendor, &'static Export)>,
    /// How sure it is, up to 1000.
    pub score: i32,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Where it is nobody's: the exports that come near, the nearest first.
    pub near: Vec<&'static Export>,
}

struct Candidate {
    vendor: usize,
    export: &'static Export,
    fit: Fit,
}

impl Candidate {
    fn is_likely(&self) -> bool {
        let covers = self.fit.coverage >= MOST_OF_IT || (self.fit.coverage >= PART_OF_IT && self.fit.known >= NEARLY_ALL_KNOWN);
        let is_as_wide = |columns: usize, telling: usize| self.fit.found >= columns && self.fit.telling >= telling;
        let is_whole = self.fit.coverage == 1000 && (is_as_wide(WHOLE_COLUMNS, 0) || is_as_wide(WHOLE_NARROW_COLUMNS, TELLING_OF_NARROW));
        covers && (is_whole || self.fit.telling >= TELLING_COLUMNS)
    }

    fn is_near(&self) -> bool {
        self.fit.telling >= 2 && (self.fit.coverage >= NEAR_COVERAGE || self.fit.known >= NEAR_KNOWN)
    }

    fn is_half_there(&self) -> bool {
        self.is_likely() || (self.fit.coverage >= PART_OF_ANOTHER && self.fit.telling >= TELLING_COLUMNS)
    }

    fn name(&self) -> &'static str {
        &self.export.name
    }
}

/// Decides whose export these headers are, without regard to their order and spelling.
pub(in crate::ingestion) fn decide(headers: &[String]) -> Verdict {
    let header: BTreeSet<String> = headers.iter().map(|name| headings::key(name)).filter(|name| !name.is_empty()).collect();
    let fits = VOCABULARY.generations.iter().map(|generation| Candidate {
        vendor: generation.vendor,
        export: generation.export,
        fit: generation.fit(&header, &VOCABULARY),
    });
    let mut candidates: Vec<Candidate> = fits.filter(|candidate| candidate.fit.telling > 0).collect();
    candidates.sort_by_key(|candidate| (!candidate.is_likely(), -candidate.fit.score()));
    let Some(best) = candidates.first() else { return nobody(Vec::new(), Vec::new()) };
    if !best.is_likely() {
        let near: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.is_near()).collect();
        let reasons = near.first().map(|nearest| too_few(nearest));
        return nobody(reasons.into_iter().collect(), near.into_iter().map(|candidate| candidate.export).collect());
    }
    let twin = candidates.iter().skip(1).find(|other| other.vendor != best.vendor && other.is_half_there());
    if let Some(twin) = twin {
        let sentence = format!("The columns are those of {} and of {} at once.", best.name(), twin.name());
        return nobody(vec![reason(sentence, 0)], vec![best.export, twin.export]);
    }
    if let Some((vendor, count)) = foreign(best, &header) {
        let sentence = format!("Most columns are those of {}, but {count} are known only from {}.", best.name(), VENDORS[vendor].name);
        return nobody(vec![reason(sentence, 0)], vec![best.export]);
    }
    let named = Some((&VENDORS[best.vendor], best.export));
    Verdict { named, score: best.fit.coverage, reasons: reasons(best, headers), near: Vec::new() }
}

fn reason(sentence: String, weight: i32) -> Reason {
    Reason { sentence, weight }
}

fn nobody(reasons: Vec<Reason>, near: Vec<&'static Export>) -> Verdict {
    Verdict { named: None, score: 0, reasons, near }
}

fn too_few(nearest: &Candidate) -> Reason {
    let sentence = format!("{} columns are also in {}, which is too few to be sure.", nearest.fit.found, nearest.name());
    reason(sentence, nearest.fit.coverage)
}

/// The other vendor with most columns that only it has, where they are more than a shop's own additions.
fn foreign(best: &Candidate, header: &BTreeSet<String>) -> Option<(usize, usize)> {
    let mut counts = BTreeMap::<usize, usize>::new();
    for name in header.iter().filter(|name| VOCABULARY.is_foreign_to_others(name)) {
        if let Some(vendor) = VOCABULARY.only_user(name).filter(|vendor| *vendor != best.vendor) {
            *counts.entry(vendor).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let is_much = most.1 >= FEW_FOREIGN_COLUMNS && most.1 * 1000 >= header.len() * FOREIGN_SHARE;
    (most.1 >= FOREIGN_COLUMNS || is_much).then_some(most)
}

fn reasons(best: &Candidate, headers: &[String]) -> Vec<Reason> {
    let telling = headers.iter().filter(|name| {
        let key = headings::key(name);
        VOCABULARY.is_telling(&key) && VOCABULARY.only_user(&key) == Some(best.vendor)
    });
    let shown: Vec<String> = telling.take(4).map(|name| format!("“{}”", name.trim())).collect();
    let mut reasons = vec![
        reason(format!("{} columns that only {} has, such as {}.", best.fit.telling, VENDORS[best.vendor].name, shown.join(", ")), best.fit.coverage),
        reason(format!("{} of {} columns are those of {}.", best.fit.found, headers.len(), best.name()), best.fit.known),
    ];
    let unknown = headers.len().saturating_sub(best.fit.found + places::rest(headers, best.export).len());
    if unknown > 0 {
        reasons.push(reason(format!("{unknown} columns are not known from it; they are left aside."), best.fit.known - 1000));
    }
    reasons
}
