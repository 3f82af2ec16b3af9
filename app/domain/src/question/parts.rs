//! Checks of a question's filters, thresholds, derived columns and comparison.

use super::check::Faults;
use super::{Filter, FilterOp, Question, Transform};
use crate::semantic::{Dimension, Measure, ValueKind};

pub(super) fn check_filter(filter: &Filter, index: usize, faults: &mut Faults) {
    let field = |part: &str| format!("filters[{index}].{part}");
    let Filter { dimension, op, values, n, by } = filter;
    if op.ranks() {
        match by {
            None => faults.add(field("by"), "name the measure to rank by, for example net_sales"),
            Some(by) if !by.goes_with(*dimension) => faults.add(field("by"), by.refusal(*dimension)),
            Some(_) => {}
        }
        if !n.is_some_and(|n| (1..=1_000).contains(&n)) {
            faults.add(field("n"), "say how many to keep: 1 to 1,000");
        }
    } else if n.is_some() || by.is_some() {
        faults.add(field(if n.is_some() { "n" } else { "by" }), "only top and bottom take n and by");
    }
    check_kind(filter, index, faults);
    let takes_none = op.ranks() || matches!(op, FilterOp::IsEmpty | FilterOp::IsNotEmpty);
    match values.len() {
        0 if !takes_none => faults.add(field("values"), format!("name at least one {dimension} to filter by")),
        1.. if takes_none => faults.add(field("values"), format!("{} takes no values", op.as_str())),
        length if *op == FilterOp::Between && length != 2 => faults.add(field("values"), "give two values: the first and the last"),
        length if length > most_values(*op) => faults.add(field("values"), format!("use at most {} values", most_values(*op))),
        _ => {}
    }
    if values.iter().any(|value| value.contains('\0')) {
        faults.add(field("values"), "a value holds a NUL character, which no text of a shop does");
    }
    if *op == FilterOp::Contains && values.iter().any(|value| value.trim().is_empty() || value.len() > 200) {
        faults.add(field("values"), "give 1 to 200 letters to look for");
    }
}

fn most_values(op: FilterOp) -> usize {
    if op == FilterOp::Contains { 20 } else { 1_000 }
}

/// Ranges are for what has an order, parts of words for texts.
fn check_kind(filter: &Filter, index: usize, faults: &mut Faults) {
    let kind = filter.dimension.entry().values;
    let message = match (filter.op, kind) {
        (FilterOp::Between, ValueKind::Text | ValueKind::Word) => "has no range; use in, or contains",
        (FilterOp::Contains, ValueKind::Word | ValueKind::Number | ValueKind::Month) => "holds no text to look in; use in",
        _ => return,
    };
    faults.add(format!("filters[{index}].op"), format!("{} {message}", filter.dimension));
}

pub(super) fn check_having(question: &Question, faults: &mut Faults) {
    if !question.having.is_empty() && question.key_count() == 0 {
        faults.add("having", "a threshold chooses among rows; split by a dimension or by time first");
    }
}

pub(super) fn check_derived(question: &Question, faults: &mut Faults) {
    for (index, derived) in question.derived.iter().enumerate() {
        let field = |part: &str| format!("derived[{index}].{part}");
        let measure = derived.measure;
        if !question.measures.contains(&measure) {
            faults.add(field("measure"), format!("ask for {measure} among the measures, too"));
        }
        if question.derived[..index].iter().any(|other| other.name() == derived.name()) {
            faults.add(field("measure"), format!("{} stands twice", derived.name()));
        }
        let has_grain = question.grain().is_some();
        match derived.transform {
            Transform::RunningTotal | Transform::MovingAverage if !has_grain => {
                faults
                    .add(field("as"), format!("a {} goes along time; split by a grain such as month", derived.transform.as_str().replace('_', " ")));
            }
            Transform::RunningTotal if !measure.adds_over_time() => {
                faults.add(field("measure"), format!("{measure} of several buckets do not add up, so there is no running total of it"));
            }
            Transform::Growth if !has_grain && question.compare.is_none() => {
                faults.add(field("as"), "growth needs something before: split by a grain such as month, or compare");
            }
            Transform::ShareOfTotal if question.key_count() == 0 => {
                faults.add(field("as"), "a share needs parts: split by a dimension or by a grain");
            }
            Transform::ShareOfTotal if !question.has_shares(measure) => {
                faults.add(field("measure"), format!("{measure} of the parts do not add up to that of the whole, so no part has a share of it"));
            }
            _ => {}
        }
        match derived.over {
            Some(_) if derived.transform != Transform::MovingAverage => faults.add(field("over"), "only moving_average takes over"),
            Some(over) if !(2..=366).contains(&over) => faults.add(field("over"), "average over 2 to 366 buckets"),
            _ => {}
        }
    }
}

impl Question {
    /// Whether its rows add up to what shares of a measure are taken of: a bucket where it splits by more than time, each currency by itself.
    pub fn has_shares(&self, measure: Measure) -> bool {
        let adds_over = |dimension: &Dimension| *dimension == Dimension::Currency || measure.adds_over(*dimension);
        if self.dimensions.is_empty() { measure.adds_over_time() } else { self.dimensions.iter().all(adds_over) }
    }
}

pub(super) fn check_compare(question: &Question, faults: &mut Faults) {
    let is_of_days = question.compare.as_ref().is_some_and(|against| against.period().is_some());
    if let Some(measure) = question.measures.iter().find(|measure| !measure.has_days()).filter(|_| is_of_days) {
        let message = format!("{measure} is known as of now only and has no value of other days; ask for it without comparing, or leave it out");
        faults.add("compare", message);
    }
    let Some(dimension) = question.compare.as_ref().and_then(super::Against::dimension) else { return };
    let filters = question.filters.iter().filter(|filter| filter.dimension == dimension).collect::<Vec<_>>();
    if !matches!(filters.as_slice(), [one] if one.op == FilterOp::In) {
        faults.add("compare", format!("say what is compared: one filter {dimension} in …"));
    }
    if question.dimensions.contains(&dimension) {
        faults.add("compare", format!("the answer is split by {dimension} already; compare without that split"));
    }
    if let Some(super::Against::Values { values, .. }) = &question.compare
        && (values.is_empty() || values.len() > 1_000 || values.iter().any(|value| value.contains('\0')))
    {
        faults.add("compare.values", format!("name 1 to 1,000 values of {dimension} to compare with"));
    }
}
