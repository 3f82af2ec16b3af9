//! Other tools' boards: set up by admins, shown to the members they are shared with.

use crate::extract::{Json, Path};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use domain::Permission::ManageBoards;
use domain::embeds::{
    AllowedHosts, CheckStep, EmbedInput, EmbedOrder, EmbedPatch, EmbedSummary, EmbedView, Pasted, RecogniseInput, SecretInput, ViewInput,
};
use domain::ids::EmbedId;
use services::{Services, embeds};

/// Lists the boards: all of them for those who set them up, for others those shared with them.
#[utoipa::path(get, path = "/api/v1/embeds", tag = "Boards", responses((status = 200, body = Vec<EmbedSummary>)))]
pub(crate) async fn list_embeds(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Vec<EmbedSummary>>> {
    let is_manager = actor.role.can(ManageBoards);
    let list = if is_manager { embeds::list_embeds(&services, &actor).await } else { embeds::visible_embeds(&services, &actor).await };
    Ok(axum::Json(list?))
}

/// Adds a board. Only the pasted text and a title are needed; a secret is stored sealed and never shown again.
#[utoipa::path(post, path = "/api/v1/embeds", tag = "Boards", request_body = EmbedInput, responses((status = 201, body = EmbedSummary)))]
pub(crate) async fn create_embed(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(input): Json<EmbedInput>,
) -> Answer<(StatusCode, axum::Json<EmbedSummary>)> {
    Ok((StatusCode::CREATED, axum::Json(embeds::create_embed(&services, &actor, input).await?)))
}

/// Says what a pasted text names, and what of it was changed. Nothing is stored or fetched.
#[utoipa::path(post, path = "/api/v1/embeds/recognise", tag = "Boards", request_body = RecogniseInput, responses((status = 200, body = Pasted)))]
pub(crate) async fn recognise(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(input): Json<RecogniseInput>,
) -> Answer<axum::Json<Pasted>> {
    Ok(axum::Json(embeds::recognise(&services, &actor, &input.paste).await?))
}

/// Puts the boards into another order.
#[utoipa::path(post, path = "/api/v1/embeds/reorder", tag = "Boards", request_body = EmbedOrder,
    responses((status = 200, body = Vec<EmbedSummary>)))]
pub(crate) async fn reorder_embeds(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(order): Json<EmbedOrder>,
) -> Answer<axum::Json<Vec<EmbedSummary>>> {
    Ok(axum::Json(embeds::reorder_embeds(&services, &actor, order.ids).await?))
}

/// Gives the hosts that boards may come from; none means any.
#[utoipa::path(get, path = "/api/v1/embeds/hosts", tag = "Boards", responses((status = 200, body = AllowedHosts)))]
pub(crate) async fn allowed_hosts(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<AllowedHosts>> {
    Ok(axum::Json(AllowedHosts { hosts: embeds::allowed_hosts(&services, &actor).await? }))
}

/// Names the hosts that boards may come from. Boards from others are not shown any more.
#[utoipa::path(put, path = "/api/v1/embeds/hosts", tag = "Boards", request_body = AllowedHosts, responses((status = 200, body = AllowedHosts)))]
pub(crate) async fn set_allowed_hosts(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(input): Json<AllowedHosts>,
) -> Answer<axum::Json<AllowedHosts>> {
    Ok(axum::Json(AllowedHosts { hosts: embeds::set_allowed_hosts(&services, &actor, input.hosts).await? }))
}

/// Gives one board; what is not shared with you does not exist.
#[utoipa::path(get, path = "/api/v1/embeds/{id}", tag = "Boards", params(("id" = EmbedId, Path)), responses((status = 200, body = EmbedSummary)))]
pub(crate) async fn get_embed(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<EmbedId>) -> Answer<axum::Json<EmbedSummary>> {
    Ok(axum::Json(embeds::get_embed(&services, &actor, id).await?))
}

/// Changes a board; what is left out stays. Another tool's address or another origin makes it forget its secret.
#[utoipa::path(patch, path = "/api/v1/embeds/{id}", tag = "Boards", params(("id" = EmbedId, Path)), request_body = EmbedPatch,
    responses((status = 200, body = EmbedSummary)))]
pub(crate) async fn update_embed(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<EmbedId>,
    Json(patch): Json<EmbedPatch>,
) -> Answer<axum::Json<EmbedSummary>> {
    Ok(axum::Json(embeds::update_embed(&services, &actor, id, patch).await?))
}

/// Takes a board away, with its secrets.
#[utoipa::path(delete, path = "/api/v1/embeds/{id}", tag = "Boards", params(("id" = EmbedId, Path)), responses((status = 204)))]
pub(crate) async fn delete_embed(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<EmbedId>) -> Answer<StatusCode> {
    embeds::delete_embed(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stores a board's secret. It signs at once; the one before it stands by for a quarter of an hour, or as long as you say.
#[utoipa::path(post, path = "/api/v1/embeds/{id}/secret", tag = "Boards", params(("id" = EmbedId, Path)), request_body = SecretInput,
    responses((status = 200, body = EmbedSummary)))]
pub(crate) async fn set_secret(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<EmbedId>,
    Json(input): Json<SecretInput>,
) -> Answer<axum::Json<EmbedSummary>> {
    Ok(axum::Json(embeds::set_secret(&services, &actor, id, input).await?))
}

/// Checks a board step by step, without fetching its address.
#[utoipa::path(post, path = "/api/v1/embeds/{id}/test", tag = "Boards", params(("id" = EmbedId, Path)),
    responses((status = 200, body = Vec<CheckStep>)))]
pub(crate) async fn check_embed(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<EmbedId>,
) -> Answer<axum::Json<Vec<CheckStep>>> {
    Ok(axum::Json(embeds::check_embed(&services, &actor, id).await?))
}

/// Gives a board ready for a frame, with a token of its own where the tool is signed for. Each token is in the audit log, without the token.
#[utoipa::path(post, path = "/api/v1/embeds/{id}/view", tag = "Boards", params(("id" = EmbedId, Path)), request_body = ViewInput,
    responses((status = 200, body = EmbedView)))]
pub(crate) async fn view_embed(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<EmbedId>,
    Json(input): Json<ViewInput>,
) -> Answer<axum::Json<EmbedView>> {
    Ok(axum::Json(embeds::view_embed_by(&services, &actor, id, input).await?))
}
