//! What happened that concerns security.

use crate::extract::Query;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::accounts::AuditEntry;
use serde::Deserialize;
use services::{Services, accounts};
use utoipa::IntoParams;

/// Which page of the log.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditPage {
    /// Only what happened before this instant, in milliseconds since 1970-01-01 UTC: the `at` of the last entry seen.
    before: Option<i64>,
}

/// Lists security-relevant events, newest first, a hundred at a time.
#[utoipa::path(get, path = "/api/v1/audit", tag = "Shop", params(AuditPage), responses((status = 200, body = Vec<AuditEntry>)))]
pub(crate) async fn list_audit(
    State(services): State<Services>,
    Asker(actor): Asker,
    Query(page): Query<AuditPage>,
) -> Answer<axum::Json<Vec<AuditEntry>>> {
    Ok(axum::Json(accounts::list_audit(&services, &actor, page.before).await?))
}
