//! One's own signed-in devices.

use crate::extract::Path;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use domain::accounts::SessionSummary;
use domain::ids::SessionId;
use services::{Services, accounts};

/// Lists the person's sessions.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "Signing in", responses((status = 200, body = Vec<SessionSummary>)))]
pub(crate) async fn list_sessions(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Vec<SessionSummary>>> {
    Ok(axum::Json(accounts::list_sessions(&services, &actor).await?))
}

/// Ends one of the person's sessions.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "Signing in", params(("id" = SessionId, Path)), responses((status = 204)))]
pub(crate) async fn end_session(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<SessionId>) -> Answer<StatusCode> {
    accounts::end_session(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
