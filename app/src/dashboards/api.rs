//! The server function of the sales dashboard.

use crate::charts::ChartPayload;
use crate::wire::Answer;
use domain::AppError;
use domain::dashboards::Figure;
use domain::range::{DateRange, Grain};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::answer,
};
#[cfg(feature = "ssr")]
use domain::{charts::ChartKind, dashboards::SalesDashboard};

/// The dashboard with its pictures ready to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// The finding in one sentence.
    pub finding: String,
    /// Headline figures, in the page's order.
    pub figures: Vec<Figure>,
    /// The pictures, in the page's order.
    pub charts: Vec<ChartPayload>,
    pub range: DateRange,
    pub compared_range: Option<DateRange>,
    pub grain: Grain,
    /// `Data to 9 Dec 2011, read 2 hours ago`; absent before there are any data.
    pub freshness: Option<String>,
    /// What a person should know.
    pub notices: Vec<String>,
}

/// The sales dashboard for a view, given as the page's query string.
#[server(prefix = "/api/fn", endpoint = "dashboards/sales", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_sales_board(query: String) -> Result<Board, AppError> {
    let (actor, services) = (actor()?, services());
    let dashboard = answer(services::dashboards::sales(&services, &actor, super::address::view_of(&query)).await)?;
    Ok(Board::new(dashboard, services.clock.now_ms()))
}

#[cfg(feature = "ssr")]
impl Board {
    fn new(mut dashboard: SalesDashboard, now_ms: i64) -> Self {
        let charts = std::mem::take(&mut dashboard.charts);
        // A sparkline has no room to say that a period is counted in part: it is of the whole ones.
        if let Some(over_time) = charts.iter().find(|chart| chart.spec.kind == ChartKind::Line) {
            let (first, end) = over_time.spec.whole();
            dashboard.figures.iter_mut().for_each(|figure| figure.sparkline = figure.sparkline.iter().copied().take(end).skip(first).collect());
        }
        Self {
            freshness: dashboard.data.as_ref().map(|data| super::payload::freshness(data, now_ms)),
            finding: dashboard.finding,
            figures: dashboard.figures,
            charts: charts.into_iter().map(ChartPayload::from).collect(),
            range: dashboard.range,
            compared_range: dashboard.compared_range,
            grain: dashboard.grain,
            notices: dashboard.notices,
        }
    }
}
