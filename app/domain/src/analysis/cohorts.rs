//! Customers by the month of their first order.

use super::asked::{Faults, outside};
use crate::Day;
use serde::{Deserialize, Serialize};

/// What the cells of cohorts show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CohortFigure {
    /// The share of the cohort's customers who ordered in the month.
    #[default]
    Retention,
    /// The cohort's net sales of the month.
    Revenue,
}

/// Which cohorts.
///
/// A customer belongs to the month of the first order ever, also where it does not match the filters; month 0 is that month. A cohort's customers are
/// those with an order that matches; they are active in the months of such orders. Returns lessen the revenue of the month in which they were given back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CohortsInput {
    /// How many cohorts, the newest last: 1 to 60.
    #[serde(default = "a_year")]
    pub cohorts: u32,
    /// What a card shows; answers hold both.
    #[serde(default)]
    pub show: CohortFigure,
}

fn a_year() -> u32 {
    13
}

impl Default for CohortsInput {
    fn default() -> Self {
        Self { cohorts: a_year(), show: CohortFigure::default() }
    }
}

impl CohortsInput {
    pub(super) fn wrong(&self) -> Faults {
        outside(&[("cohorts", self.cohorts, 1, 60)])
    }
}

/// Cohorts up to a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CohortsResult {
    /// The day up to which it looks.
    pub as_of: Day,
    /// The oldest first; months in which nobody came for the first time have none.
    pub cohorts: Vec<Cohort>,
    /// The first day of the month that is not over: its figures are of a part of it.
    pub incomplete_month: Option<Day>,
    /// Whether the oldest cohort is that of the data's first month, which holds everyone who came before, too.
    pub begins_with_data: bool,
}

/// The customers of one first month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cohort {
    /// Its first day.
    pub month: Day,
    /// How many customers, of those with an order that matches the filters.
    pub customers: i64,
    /// From month 0 to the month of the last day.
    pub months: Vec<CohortMonth>,
}

/// What a cohort did in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CohortMonth {
    /// Months since the first order's.
    pub offset: u32,
    /// Customers with an order in it.
    pub active: i64,
    /// Of the cohort's customers.
    pub retention: f64,
    /// Their orders.
    pub orders: i64,
    /// Net sales in minor units.
    pub revenue_minor: i64,
    /// Whether the month is not over.
    pub is_incomplete: bool,
}
