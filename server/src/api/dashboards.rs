//! Dashboards as data.

use crate::extract::{Path, RawPairs};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::dashboards::{DashboardView, SalesDashboard, WhatChanged};
use domain::semantic::Measure;
use services::{Services, dashboards};

/// The sales dashboard: headline figures and charts, as the page shows them.
///
/// Takes the parameters of the page's address. Those that cannot be read are left at their default.
#[utoipa::path(get, path = "/api/v1/dashboards/sales", tag = "Figures", params(
    ("range" = Option<String>, Query, description = "A preset such as `30d`, `month`, `fiscal_year`, `last_fiscal_year`, `fiscal_quarter`, `all`, or days such as `2011-01-01..2011-11-30`."),
    ("compare" = Option<String>, Query, description = "`previous_period`, `last_year` or `none`."),
    ("grain" = Option<String>, Query, description = "`day`, `week`, `month`, `quarter`, `year`, `fiscal_quarter` or `fiscal_year`."),
    ("country" = Option<String>, Query, description = "A filter, like every dimension's name; may stand several times."),
), responses((status = 200, body = SalesDashboard)))]
pub(crate) async fn sales(State(services): State<Services>, Asker(actor): Asker, RawPairs(pairs): RawPairs) -> Answer<axum::Json<SalesDashboard>> {
    let view = DashboardView::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    Ok(axum::Json(dashboards::sales(&services, &actor, view).await?))
}

/// Why a figure is not what it was: what each value of each dimension contributed to the difference. The split that tells most comes first.
///
/// Takes the parameters of the page's address.
#[utoipa::path(get, path = "/api/v1/changes/{measure}", tag = "Figures", params(
    ("measure" = Measure, Path, description = "A measure whose change is made of parts, such as `net_sales`, `orders`, `average_order_value`."),
    ("range" = Option<String>, Query, description = "A preset such as `30d`, `month`, `fiscal_year`, `last_fiscal_year`, `fiscal_quarter`, `all`, or days such as `2011-01-01..2011-11-30`."),
    ("compare" = Option<String>, Query, description = "`previous_period` or `last_year`."),
    ("country" = Option<String>, Query, description = "A filter, like every dimension's name; may stand several times."),
), responses((status = 200, body = WhatChanged)))]
pub(crate) async fn what_changed(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(measure): Path<Measure>,
    RawPairs(pairs): RawPairs,
) -> Answer<axum::Json<WhatChanged>> {
    let view = DashboardView::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    Ok(axum::Json(dashboards::what_changed(&services, &actor, measure, view).await?))
}
