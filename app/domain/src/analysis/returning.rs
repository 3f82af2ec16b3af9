//! Customers who came for the first time, and those who came back.

use crate::Day;
use serde::{Deserialize, Serialize};

/// Each month's customers. Whole months; orders without a known customer are not among them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAndReturningResult {
    /// The oldest first; months without an order have none.
    pub months: Vec<NewAndReturning>,
}

/// The customers of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAndReturning {
    /// Its first day.
    pub month: Day,
    /// Customers whose first order ever is among the month's: the measure `new_customers`.
    pub new_customers: i64,
    /// The month's other customers: they ordered before, if only elsewhere than the filters say.
    pub returning_customers: i64,
    /// Net sales of the month to those who are new, in minor units.
    pub new_revenue_minor: i64,
    /// Net sales of the month to those who came back, in minor units.
    pub returning_revenue_minor: i64,
    /// Whether the month is not over.
    pub is_incomplete: bool,
}
