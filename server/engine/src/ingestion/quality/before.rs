//! What is known before a file comes, against which it is held.

use super::earlier_prices::EarlierPrices;
use domain::Day;
use domain::sources::QualityReport;
use std::collections::BTreeSet;

/// What is known before a file comes; nothing where it is the first.
#[derive(Debug, Default)]
pub struct Before {
    /// The report on the newest file of the same source before this one.
    pub report: Option<QualityReport>,
    /// What its products cost in earlier uploads; none where there were none.
    pub prices: Option<EarlierPrices>,
    /// Of [`super::QualityWatch::absent_days`], those on which its source has sales.
    pub days: BTreeSet<Day>,
}
