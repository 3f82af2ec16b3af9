//! The shop's members and their roles.

use crate::extract::{Json, Path};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use domain::accounts::{MemberSummary, RoleChange, StoreChange};
use domain::ids::UserId;
use services::{Services, accounts};

/// Lists the members.
#[utoipa::path(get, path = "/api/v1/members", tag = "Members", responses((status = 200, body = Vec<MemberSummary>)))]
pub(crate) async fn list_members(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Vec<MemberSummary>>> {
    Ok(axum::Json(accounts::list_members(&services, &actor).await?))
}

/// Changes a member's role. Only owners make and unmake owners, and the last one stays.
#[utoipa::path(patch, path = "/api/v1/members/{id}", tag = "Members", params(("id" = UserId, Path)), request_body = RoleChange,
    responses((status = 200, body = MemberSummary)))]
pub(crate) async fn change_role(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UserId>,
    Json(change): Json<RoleChange>,
) -> Answer<axum::Json<MemberSummary>> {
    Ok(axum::Json(accounts::change_role(&services, &actor, id, change.role).await?))
}

/// Puts a member into a store, or into none. Boards may be locked to it.
#[utoipa::path(put, path = "/api/v1/members/{id}/store", tag = "Members", params(("id" = UserId, Path)), request_body = StoreChange,
    responses((status = 200, body = MemberSummary)))]
pub(crate) async fn change_store(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UserId>,
    Json(change): Json<StoreChange>,
) -> Answer<axum::Json<MemberSummary>> {
    Ok(axum::Json(accounts::change_store(&services, &actor, id, change).await?))
}

/// Takes a member out of the shop; their sessions here end.
#[utoipa::path(delete, path = "/api/v1/members/{id}", tag = "Members", params(("id" = UserId, Path)), responses((status = 204)))]
pub(crate) async fn remove_member(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<UserId>) -> Answer<StatusCode> {
    accounts::remove_member(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
