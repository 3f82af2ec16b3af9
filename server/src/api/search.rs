//! Finding things by a few letters.

use crate::extract::Query;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::dashboards::SearchResult;
use serde::Deserialize;
use services::{Services, dashboards};

/// What is looked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// A few letters of a name.
    #[serde(default)]
    q: String,
}

/// Finds pages, boards, measures, countries, products and customers by their names, at most five of each; nothing that you may not open.
#[utoipa::path(get, path = "/api/v1/search", tag = "Figures", params(SearchQuery), responses((status = 200, body = Vec<SearchResult>)))]
pub(crate) async fn search(
    State(services): State<Services>,
    Asker(actor): Asker,
    Query(query): Query<SearchQuery>,
) -> Answer<axum::Json<Vec<SearchResult>>> {
    Ok(axum::Json(dashboards::search(&services, &actor, &query.q).await?))
}
