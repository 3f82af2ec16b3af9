//! Dashboards as data.

use crate::extract::RawPairs;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::dashboards::{DashboardView, SalesDashboard};
use services::{Services, dashboards};

/// The sales dashboard: headline figures and charts, as the page shows them.
///
/// Takes the parameters of the page's address. Those that cannot be read are left at their default.
#[utoipa::path(get, path = "/api/v1/dashboards/sales", tag = "Figures", params(
    ("range" = Option<String>, Query, description = "A preset such as `30d`, `month`, `all`, or days such as `2011-01-01..2011-11-30`."),
    ("compare" = Option<String>, Query, description = "`previous_period`, `last_year` or `none`."),
    ("grain" = Option<String>, Query, description = "`day`, `week`, `month`, `quarter` or `year`."),
    ("country" = Option<String>, Query, description = "A filter, like every dimension's name; may stand several times."),
), responses((status = 200, body = SalesDashboard)))]
pub(crate) async fn sales(State(services): State<Services>, Asker(actor): Asker, RawPairs(pairs): RawPairs) -> Answer<axum::Json<SalesDashboard>> {
    let view = DashboardView::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    Ok(axum::Json(dashboards::sales(&services, &actor, view).await?))
}
