//! Analyses: segments of customers, cohorts, classes of products, slow movers, what is bought together.

use crate::extract::Json;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::analysis::{Analysis, AnalysisAnswer, AnalysisFacts, AnalysisRequest};
use services::{Services, analytics};

/// Every analysis: what it says, its parameters as they are when nothing is said, and how a card can show it.
#[utoipa::path(get, path = "/api/v1/analyses", tag = "Figures", responses((status = 200, body = [AnalysisFacts])))]
pub(crate) async fn list_analyses() -> axum::Json<Vec<AnalysisFacts>> {
    axum::Json(Analysis::all().into_iter().map(AnalysisFacts::from).collect())
}

/// Answers an analysis of some days: `rfm`, `cohorts`, `abc`, `slow_movers`, `bought_together` or `new_and_returning`.
///
/// Customers are listed by name for the role analyst and above.
#[utoipa::path(post, path = "/api/v1/analyses", tag = "Figures", request_body(content = AnalysisRequest, example = json!({
    "analysis": {"kind": "bought_together", "min_orders": 5, "order": "lift"}, "from": "2011-01-01", "to": "2011-11-30",
    "filters": [{"dimension": "country", "op": "in", "values": ["GB"]}]
})), responses((status = 200, body = AnalysisAnswer)))]
pub(crate) async fn analyse(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(request): Json<AnalysisRequest>,
) -> Answer<axum::Json<AnalysisAnswer>> {
    Ok(axum::Json(analytics::analyse(&services, &actor, request).await?))
}
