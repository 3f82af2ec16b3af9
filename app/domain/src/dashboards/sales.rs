//! The sales dashboard: what a person chose to see, and what they see.

use super::GoalProgress;
use crate::Day;
use crate::accounts::MerchantSummary;
use crate::charts::ChartCard;
use crate::question::Filter;
use crate::range::{Comparison, DateRange, Grain, RangeChoice};
use crate::semantic::{Dimension, Measure};
use serde::{Deserialize, Serialize};

/// What a person chose; all of it stands in the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DashboardView {
    /// Which days; by default all data up to 400 days, else the last twelve months.
    pub range: Option<RangeChoice>,
    /// Against what; by default the previous period. `Some(None)` is "against nothing".
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub compare: Option<Option<Comparison>>,
    /// How fine the time axis is; by default what the range reads best at.
    pub grain: Option<Grain>,
    /// By what bars that were clicked.
    pub filters: Vec<Filter>,
}

/// Null is "against nothing", which is not the same as nothing said.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Comparison>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl DashboardView {
    /// The comparison in force.
    pub fn comparison(&self) -> Option<Comparison> {
        self.compare.unwrap_or(Some(Comparison::PreviousPeriod))
    }

    /// Reads the page's address: `range`, `compare`, `grain` and a filter a dimension (`country=GB&country=DE`).
    /// What cannot be read is left at its default, so that an old link still opens.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut view = Self::default();
        for (key, value) in pairs {
            match key {
                "range" => view.range = value.parse().ok(),
                "compare" => view.compare = if value == "none" { Some(None) } else { Comparison::parse(value).map(Some) },
                "grain" => view.grain = Grain::parse(value),
                _ => {
                    if let Ok(dimension) = Dimension::parse(key)
                        && !value.is_empty()
                        && !value.contains('\0')
                    {
                        view.add_filter(dimension, value);
                    }
                }
            }
        }
        view
    }

    /// The address's pairs; defaults are left out.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if let Some(range) = self.range {
            pairs.push(("range".to_owned(), range.to_string()));
        }
        if let Some(compare) = self.compare {
            pairs.push(("compare".to_owned(), compare.map_or("none", Comparison::as_str).to_owned()));
        }
        if let Some(grain) = self.grain {
            pairs.push(("grain".to_owned(), grain.as_str().to_owned()));
        }
        for filter in &self.filters {
            pairs.extend(filter.values.iter().map(|value| (filter.dimension.name().to_owned(), value.clone())));
        }
        pairs
    }

    fn add_filter(&mut self, dimension: Dimension, value: &str) {
        match self.filters.iter_mut().find(|filter| filter.dimension == dimension) {
            Some(filter) if filter.values.iter().any(|old| old == value) => {}
            Some(filter) => filter.values.push(value.to_owned()),
            None => self.filters.push(Filter::is_in(dimension, vec![value.to_owned()])),
        }
    }

    /// The same view with a value's filter set where it was not, and taken off where it was.
    #[must_use]
    pub fn toggled(&self, dimension: Dimension, value: &str) -> Self {
        let mut view = self.clone();
        let is_set = self.filters.iter().any(|filter| filter.dimension == dimension && filter.values.iter().any(|old| old == value));
        if is_set {
            for filter in &mut view.filters {
                if filter.dimension == dimension {
                    filter.values.retain(|old| old != value);
                }
            }
            view.filters.retain(|filter| !filter.values.is_empty());
        } else {
            view.add_filter(dimension, value);
        }
        view
    }
}

/// What the shop's data span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataSpan {
    /// First to last day of orders.
    pub days: DateRange,
    /// When the data last changed, milliseconds since 1970-01-01 UTC.
    pub changed_at: i64,
    /// Today in the shop's time zone.
    pub today: Day,
}

/// A headline figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Which measure.
    pub measure: Measure,
    /// Its value as people read it; `–` where there is none.
    pub value: String,
    /// Against the compared range; absent when nothing is compared.
    pub change: Option<Change>,
    /// The measure over time, for the sparkline; `None` is a gap.
    pub sparkline: Vec<Option<f64>>,
    /// How far its goal is reached, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalProgress>,
}

/// How a figure moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// +1 up, 0 level, −1 down.
    pub direction: i8,
    /// Whether that is good news, for the colour; `None` is neither.
    pub is_good: Option<bool>,
    /// In words: `up 12.3 % on the previous 30 days`.
    pub sentence: String,
}

/// The sales dashboard as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SalesDashboard {
    /// Whose.
    pub merchant: MerchantSummary,
    /// What the data span; absent before the first upload, and then nothing else is shown.
    pub data: Option<DataSpan>,
    /// The days in force.
    pub range: DateRange,
    /// The days they are set against.
    pub compared_range: Option<DateRange>,
    /// The time axis in force.
    pub grain: Grain,
    /// The finding in one sentence.
    pub finding: String,
    /// Headline figures, in the page's order.
    pub figures: Vec<Figure>,
    /// Pictures, in the page's order.
    pub charts: Vec<ChartCard>,
    /// What a person should know: orders in other currencies left out, an incomplete period.
    pub notices: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_survives_the_address() {
        let pairs = [("range", "2011-01-01..2011-11-30"), ("compare", "none"), ("grain", "week"), ("country", "GB"), ("country", "DE")];
        let view = DashboardView::from_pairs(pairs);
        let written: Vec<_> = view.to_pairs();
        assert_eq!(written.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>(), pairs);
        assert_eq!(view.comparison(), None);
    }

    #[test]
    fn comparing_with_nothing_is_not_the_default() {
        for compare in [None, Some(None), Some(Some(Comparison::LastYear))] {
            let view = DashboardView { compare, ..DashboardView::default() };
            let json = serde_json::to_string(&view).expect("it writes");
            assert_eq!(serde_json::from_str::<DashboardView>(&json).expect("it reads"), view, "{json}");
        }
    }

    #[test]
    fn an_unreadable_address_falls_back_to_defaults() {
        assert_eq!(DashboardView::from_pairs([("range", "soon"), ("compare", "x"), ("what", "ever")]), DashboardView::default());
    }

    #[test]
    fn a_second_click_takes_the_filter_off() {
        let view = DashboardView::default().toggled(Dimension::Country, "GB");
        assert_eq!(view.filters.len(), 1);
        assert_eq!(view.toggled(Dimension::Country, "GB"), DashboardView::default());
    }
}
