//! Invitations to the shop.

use crate::extract::{Json, Path};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use domain::accounts::{AcceptInvitation, CreatedInvitation, InvitationSummary, NewInvitation, TokenPair};
use domain::ids::InvitationId;
use services::Services;
use services::accounts::{self, Client};

/// Lists the open invitations.
#[utoipa::path(get, path = "/api/v1/invitations", tag = "Members", responses((status = 200, body = Vec<InvitationSummary>)))]
pub(crate) async fn list_invitations(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Vec<InvitationSummary>>> {
    Ok(axum::Json(accounts::list_invitations(&services, &actor).await?))
}

/// Invites a person by mail. The link is in the answer too, this once.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "Members", request_body = NewInvitation, responses((status = 201, body = CreatedInvitation)))]
pub(crate) async fn invite(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(input): Json<NewInvitation>,
) -> Answer<(StatusCode, axum::Json<CreatedInvitation>)> {
    let created = accounts::invite(&services, &actor, input).await?;
    Ok((StatusCode::CREATED, axum::Json(created)))
}

/// Takes an invitation back; its link stops working.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}", tag = "Members", params(("id" = InvitationId, Path)), responses((status = 204)))]
pub(crate) async fn revoke_invitation(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<InvitationId>) -> Answer<StatusCode> {
    accounts::revoke_invitation(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Accepts an invitation with the token of its link, and signs in.
#[utoipa::path(post, path = "/api/v1/invitations/accept", tag = "Members", request_body = AcceptInvitation, responses((status = 200, body = TokenPair)))]
pub(crate) async fn accept_invitation(
    State(services): State<Services>,
    Extension(client): Extension<Client>,
    Json(input): Json<AcceptInvitation>,
) -> Answer<axum::Json<TokenPair>> {
    let signed_in = accounts::accept_invitation(&services, input, &client).await?;
    Ok(axum::Json(signed_in.tokens))
}
