//! What stands for a day, week or month without rows: nothing where the data tell of it, else a gap.

use std::collections::HashSet;

use domain::Day;
use domain::facing::Facing;
use domain::question::Cell;
use domain::range::{DateRange, Grain};
use domain::semantic::Measure;

use super::chosen::Chosen;

/// The buckets of a time axis that the data tell of. By default none.
#[derive(Default)]
pub(super) struct Covered(HashSet<Day>);

impl Covered {
    /// Those with a day in force that the data tell of: where they end within a bucket, it holds what was sold in it so far.
    pub(super) fn of(chosen: &Chosen, grain: Grain) -> Self {
        let told = DateRange { from: chosen.range.from.max(chosen.told.from), to: chosen.range.to.min(chosen.told.to) };
        if told.from > told.to {
            return Self::default();
        }
        Self(told.buckets(grain, chosen.calendar).into_iter().collect())
    }

    /// Those in which a compared day counts. Ranges face each other only where the data tell of all compared days.
    pub(super) fn by_compared(chosen: &Chosen, facing: Facing, grain: Grain) -> Self {
        Self(facing.buckets(grain, chosen.calendar).filter_map(|(_, bucket)| bucket).collect())
    }

    /// A measure's value in a bucket without a row: no sales are sales of 0, but an average of nothing is none.
    pub(super) fn without_row(&self, bucket: Day, measure: Measure) -> Cell {
        if measure.entry().nothing_is_zero && self.0.contains(&bucket) { Cell::Int(0) } else { Cell::None }
    }
}
