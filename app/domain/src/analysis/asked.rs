//! What is analysed, with which parameters, and what comes of it.

use super::{
    AbcInput, AbcResult, BasketInput, BasketResult, CohortFigure, CohortsInput, CohortsResult, NewAndReturningResult, RfmInput, RfmResult,
    SlowMoversInput, SlowMoversResult,
};
use crate::dashboards::Picture;
use crate::question::Filter;
use crate::range::DateRange;
use crate::role::Role;
use crate::semantic::Dimension;
use crate::{AppError, Currency, Day, FieldError};
use serde::{Deserialize, Serialize};

/// An analysis with its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Analysis {
    /// Customers by how recently, how often and for how much they buy.
    Rfm(RfmInput),
    /// Customers by the month of their first order, and what became of them.
    Cohorts(CohortsInput),
    /// Products by how much of the sales they bring: the Pareto principle.
    Abc(AbcInput),
    /// Products that nobody bought for a while.
    SlowMovers(SlowMoversInput),
    /// Pairs of products that stand in the same orders.
    BoughtTogether(BasketInput),
    /// Customers of each month: those who came for the first time, and those who came back.
    NewAndReturning,
}

impl Analysis {
    /// All of them as they are without a choice.
    pub fn all() -> [Self; 6] {
        [
            Self::Rfm(RfmInput::default()),
            Self::Cohorts(CohortsInput::default()),
            Self::Abc(AbcInput::default()),
            Self::SlowMovers(SlowMoversInput::default()),
            Self::BoughtTogether(BasketInput::default()),
            Self::NewAndReturning,
        ]
    }

    /// The word in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Rfm(_) => "rfm",
            Self::Cohorts(_) => "cohorts",
            Self::Abc(_) => "abc",
            Self::SlowMovers(_) => "slow_movers",
            Self::BoughtTogether(_) => "bought_together",
            Self::NewAndReturning => "new_and_returning",
        }
    }

    /// What people call it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Rfm(_) => "Customer segments (RFM)",
            Self::Cohorts(CohortsInput { show: CohortFigure::Retention, .. }) => "Cohort retention",
            Self::Cohorts(CohortsInput { show: CohortFigure::Revenue, .. }) => "Cohort revenue",
            Self::Abc(_) => "ABC of products",
            Self::SlowMovers(_) => "Slow movers",
            Self::BoughtTogether(_) => "Bought together",
            Self::NewAndReturning => "New and returning customers",
        }
    }

    /// What it says, in a sentence.
    pub fn definition(&self) -> &'static str {
        match self {
            Self::Rfm(_) => "Customers by recency, frequency and money, each scored 1 to 5 by fifths, in ten segments from champions to hibernating.",
            Self::Cohorts(_) => {
                "Customers by the month of their first order ever: how many of them order again in each month after it, and what they bring."
            }
            Self::Abc(_) => "Products by net sales: A brings the first 80 %, B the next 15 %, C the rest.",
            Self::SlowMovers(_) => "Products that sold before or lie in stock, but were not bought for a while.",
            Self::BoughtTogether(_) => {
                "Pairs of products in the same orders, with their share of all orders with products, how often one comes with the other, and how much more often than by chance."
            }
            Self::NewAndReturning => "Customers of each month who ordered for the first time ever, and those who came back, with what they brought.",
        }
    }

    /// How it can be shown, the best first.
    pub fn pictures(&self) -> &'static [Picture] {
        match self {
            Self::Rfm(_) => &[Picture::Bar, Picture::HeatMap, Picture::Table],
            Self::Cohorts(_) => &[Picture::HeatMap, Picture::Table],
            Self::Abc(_) => &[Picture::Line, Picture::Column, Picture::Table],
            Self::SlowMovers(_) | Self::BoughtTogether(_) => &[Picture::Table],
            Self::NewAndReturning => &[Picture::Stacked, Picture::Column, Picture::Table],
        }
    }

    /// Who may see it as it is asked for.
    pub fn lowest_role(&self) -> Role {
        match self {
            // It names customers.
            Self::Rfm(RfmInput { customers: 1.., .. }) => Dimension::Customer.entry().lowest_role,
            _ => Role::Viewer,
        }
    }

    /// Whether its parameters hold; every wrong one is named.
    pub fn check(&self) -> Result<(), AppError> {
        let wrong = match self {
            Self::Rfm(input) => input.wrong(),
            Self::Cohorts(input) => input.wrong(),
            Self::Abc(input) => input.wrong(),
            Self::SlowMovers(input) => input.wrong(),
            Self::BoughtTogether(input) => input.wrong(),
            Self::NewAndReturning => Vec::new(),
        };
        let wrong: Vec<FieldError> = wrong.into_iter().map(|(field, message)| FieldError { field: format!("analysis.{field}"), message }).collect();
        if wrong.is_empty() { Ok(()) } else { Err(AppError::validation(wrong)) }
    }
}

/// The parameters that do not hold, with what they may be.
pub(super) type Faults = Vec<(&'static str, String)>;

/// Faults of parameters that have a lowest and a highest value.
pub(super) fn outside(parameters: &[(&'static str, u32, u32, u32)]) -> Faults {
    let outside = parameters.iter().filter(|(_, value, lowest, highest)| !(*lowest..=*highest).contains(value));
    let said = |highest: &u32| crate::format::number(i64::from(*highest));
    outside.map(|(field, _, lowest, highest)| (*field, format!("use {lowest} to {}", said(highest)))).collect()
}

/// What can be analysed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnalysisFacts {
    /// The word for `kind`.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What it says, in a sentence.
    pub definition: String,
    /// Its parameters as they are when nothing is said.
    pub defaults: Analysis,
    /// How a card can show it, the best first.
    pub pictures: Vec<Picture>,
}

impl From<Analysis> for AnalysisFacts {
    fn from(analysis: Analysis) -> Self {
        Self {
            name: analysis.name().to_owned(),
            label: analysis.label().to_owned(),
            definition: analysis.definition().to_owned(),
            pictures: analysis.pictures().to_vec(),
            defaults: analysis,
        }
    }
}

/// An analysis of some days.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnalysisRequest {
    /// Which.
    pub analysis: Analysis,
    /// First day; without it, the data's first. Segments, cohorts and slow movers look back to the data's first day, whatever it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day, included, and the day from which segments, cohorts and slow movers look back; without it, the data's last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Only what matches all of them is looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
}

/// What an analysis found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnalysisAnswer {
    /// What was found.
    pub result: AnalysisResult,
    /// Of what all its money is.
    pub currency: Currency,
    /// The days it is about.
    pub days: DateRange,
    /// When the data last changed (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_as_of: Option<String>,
}

/// The result of each analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnalysisResult {
    /// Segments of customers.
    Rfm(RfmResult),
    /// Cohorts.
    Cohorts(CohortsResult),
    /// Classes of products.
    Abc(AbcResult),
    /// Products that stand still.
    SlowMovers(SlowMoversResult),
    /// Pairs of products.
    BoughtTogether(BasketResult),
    /// New and returning customers.
    NewAndReturning(NewAndReturningResult),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_analysis_is_asked_for_by_its_name_alone() {
        for analysis in Analysis::all() {
            let read: Analysis = serde_json::from_str(&format!(r#"{{"kind": "{}"}}"#, analysis.name())).expect("it reads");
            assert_eq!(read, analysis);
            assert_eq!(read.check(), Ok(()));
            assert!(!analysis.pictures().is_empty());
        }
    }

    #[test]
    fn wrong_parameters_are_named_and_unknown_ones_refused() {
        let fields = |json: &str| {
            let analysis: Analysis = serde_json::from_str(json).expect("it reads");
            analysis.check().expect_err("it is wrong").fields.into_iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(r#"{"kind": "abc", "a_percent": 95, "b_percent": 80}"#), ["analysis.b_percent"]);
        assert_eq!(fields(r#"{"kind": "cohorts", "cohorts": 0}"#), ["analysis.cohorts"]);
        assert_eq!(fields(r#"{"kind": "bought_together", "min_orders": 0, "products": 1}"#), ["analysis.min_orders", "analysis.products"]);
        assert!(serde_json::from_str::<Analysis>(r#"{"kind": "rfm", "as_off": "2011-01-01"}"#).is_err());
    }

    #[test]
    fn customers_by_name_are_not_for_everyone() {
        assert_eq!(Analysis::Rfm(RfmInput::default()).lowest_role(), Role::Viewer);
        assert_eq!(Analysis::Rfm(RfmInput { customers: 10, ..RfmInput::default() }).lowest_role(), Role::Analyst);
    }
}
