//! Keys with which programs call this API.

use crate::extract::{Json, Path};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use domain::accounts::{ApiKeySummary, CreatedApiKey, NewApiKey};
use domain::ids::ApiKeyId;
use services::{Services, accounts};

/// Lists the keys, without their secrets.
#[utoipa::path(get, path = "/api/v1/api-keys", tag = "API keys", responses((status = 200, body = Vec<ApiKeySummary>)))]
pub(crate) async fn list_api_keys(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Vec<ApiKeySummary>>> {
    Ok(axum::Json(accounts::list_api_keys(&services, &actor).await?))
}

/// Makes a key. Its secret is in this answer and nowhere else.
#[utoipa::path(post, path = "/api/v1/api-keys", tag = "API keys", request_body = NewApiKey, responses((status = 201, body = CreatedApiKey)))]
pub(crate) async fn create_api_key(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(input): Json<NewApiKey>,
) -> Answer<(StatusCode, axum::Json<CreatedApiKey>)> {
    let created = accounts::create_api_key(&services, &actor, input).await?;
    Ok((StatusCode::CREATED, axum::Json(created)))
}

/// Revokes a key; it stops working at once.
#[utoipa::path(delete, path = "/api/v1/api-keys/{id}", tag = "API keys", params(("id" = ApiKeyId, Path)), responses((status = 204)))]
pub(crate) async fn revoke_api_key(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<ApiKeyId>) -> Answer<StatusCode> {
    accounts::revoke_api_key(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
