//! Questions about the figures.

use crate::extract::Json;
use crate::http::access::Asker;
use crate::problem;
use axum::extract::State;
use domain::question::{Answer, Question};
use services::{Services, analytics};

/// Answers a question: measures, split by dimensions and time, filtered, ordered, compared.
#[utoipa::path(post, path = "/api/v1/query", tag = "Figures", request_body(content = Question, example = json!({
    "measures": ["net_sales"], "dimensions": ["country"], "time": {"from": "2011-01-01", "to": "2011-11-30", "grain": "month"},
    "filters": [{"dimension": "channel", "op": "in", "values": ["online"]}], "limit": 10
})), responses((status = 200, body = Answer)))]
pub(crate) async fn query(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(question): Json<Question>,
) -> problem::Answer<axum::Json<Answer>> {
    Ok(axum::Json(analytics::answer(&services, &actor, question).await?))
}
