//! The server function of what changed.

use crate::charts::ChartPayload;
use crate::wire::Answer;
use domain::AppError;
use domain::range::DateRange;
use domain::semantic::Measure;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::answer,
};

/// A figure's change as it travels to the browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownChange {
    pub measure: Measure,
    pub has_data: bool,
    pub range: DateRange,
    pub compared_range: Option<DateRange>,
    pub value: String,
    pub sentence: Option<String>,
    pub finding: String,
    /// The split that tells most first.
    pub splits: Vec<ChartPayload>,
}

/// Where a measure's change came from, for a view given as the page's query string. No measure of that name is no such page.
#[server(prefix = "/api/fn", endpoint = "dashboards/what-changed", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_what_changed(measure: String, query: String) -> Result<ShownChange, AppError> {
    let (actor, services) = (actor()?, services());
    let measure = answer(Measure::parse(&measure).map_err(|_| AppError::not_found("figure").into()))?;
    let change = answer(services::dashboards::what_changed(&services, &actor, measure, super::address::view_of(&query)).await)?;
    Ok(ShownChange {
        measure: change.measure,
        has_data: change.data.is_some(),
        range: change.range,
        compared_range: change.compared_range,
        value: change.value,
        sentence: change.change.map(|change| change.sentence),
        finding: change.finding,
        splits: change.splits.into_iter().map(|split| split.chart.into()).collect(),
    })
}
