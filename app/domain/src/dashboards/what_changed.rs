//! Why a figure is not what it was: what each value of each dimension contributed to the difference.

use super::{Change, DataSpan};
use crate::accounts::MerchantSummary;
use crate::charts::ChartCard;
use crate::range::DateRange;
use crate::semantic::{DIMENSIONS, Dimension, Measure};
use serde::{Deserialize, Serialize};

/// A figure's change and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatChanged {
    /// Whose.
    pub merchant: MerchantSummary,
    /// Of what.
    pub measure: Measure,
    /// What the data span; absent before the first upload.
    pub data: Option<DataSpan>,
    /// The days in force.
    pub range: DateRange,
    /// The days they are set against.
    pub compared_range: Option<DateRange>,
    /// The figure as people read it, over the days that are over.
    pub value: String,
    /// By how much it changed; absent where there is nothing to compare with.
    pub change: Option<Change>,
    /// The change and its main source in a sentence or two.
    pub finding: String,
    /// One a dimension; the one that tells most first.
    pub splits: Vec<ChangeSplit>,
}

/// What the values of one dimension contributed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeSplit {
    /// Of which.
    pub dimension: Dimension,
    /// How much it tells, from 0 (every value moved alike) to 1 (a few values did it all).
    pub tells: f64,
    /// From what was to what is; its table has every value.
    pub chart: ChartCard,
}

/// How the values of a dimension make up a measure's change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeParts {
    /// The parts add up to the whole.
    Sums,
    /// The whole is the parts' average, each weighted by another measure that adds up.
    Rates {
        /// The weight.
        weight: Measure,
    },
}

impl ChangeParts {
    /// How a dimension's values make up a measure; `None` where they do not.
    pub fn of(measure: Measure, dimension: Dimension) -> Option<Self> {
        // An order of three products is one order, and one of each product.
        let is_whole = !dimension.is_of_lines();
        match measure {
            Measure::AverageOrderValue | Measure::UnitsPerOrder => is_whole.then_some(Self::Rates { weight: Measure::Orders }),
            Measure::ReturnRate => Some(Self::Rates { weight: Measure::GrossSales }),
            _ => (measure.has_days() && measure.adds_over(dimension)).then_some(Self::Sums),
        }
        .filter(|_| measure.goes_with(dimension))
    }
}

impl Measure {
    /// Whether it can be told where a change of it came from.
    pub fn has_change_parts(self) -> bool {
        DIMENSIONS.iter().any(|entry| ChangeParts::of(self, entry.dimension).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_made_of_parts_has_parts() {
        let of = ChangeParts::of;
        assert_eq!(of(Measure::NetSales, Dimension::Product), Some(ChangeParts::Sums));
        assert_eq!(of(Measure::Orders, Dimension::Country), Some(ChangeParts::Sums));
        assert_eq!(of(Measure::Orders, Dimension::Product), None, "an order of two products would count twice");
        assert_eq!(of(Measure::AverageOrderValue, Dimension::Country), Some(ChangeParts::Rates { weight: Measure::Orders }));
        assert_eq!(of(Measure::Tax, Dimension::Product), None, "tax is of whole orders");
        assert_eq!(of(Measure::Customers, Dimension::Country), None, "who buys in two countries is one customer");
        assert!(Measure::ReturnRate.has_change_parts() && !Measure::StockOnHand.has_change_parts());
        // Advertising is of no country, but of sources and weekdays.
        assert_eq!((of(Measure::AdSpend, Dimension::Country), of(Measure::AdSpend, Dimension::Source)), (None, Some(ChangeParts::Sums)));
        assert!(Measure::AdSpend.has_change_parts() && !Measure::ReturnOnAdSpend.has_change_parts() && !Measure::NewCustomers.has_change_parts());
    }
}
