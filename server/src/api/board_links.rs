//! Public links to boards.

use crate::extract::{Json, Path};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use domain::dashboards::{BoardKey, CreatedLink, LinkSummary, NewLink};
use domain::ids::LinkId;
use services::{Services, dashboards};

/// Lists the public links to a board, the newest first, with those that no longer work.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/links", tag = "Figures", params(("id" = BoardKey, Path)),
    responses((status = 200, body = Vec<LinkSummary>)))]
pub(crate) async fn list_links(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<BoardKey>,
) -> Answer<axum::Json<Vec<LinkSummary>>> {
    Ok(axum::Json(dashboards::list_links(&services, &actor, id).await?))
}

/// Makes a public link: whoever has its address sees this board as a viewer does, for the days and filters given here and no others, until it
/// expires or is revoked, and while its maker may build boards and see this one. The address is shown once.
#[utoipa::path(post, path = "/api/v1/dashboards/{id}/links", tag = "Figures", params(("id" = BoardKey, Path)), request_body(content = NewLink,
    example = json!({"name": "Screen in the shop", "days": 90, "view": "range=30d&country=GB"})), responses((status = 201, body = CreatedLink)))]
pub(crate) async fn create_link(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<BoardKey>,
    Json(input): Json<NewLink>,
) -> Answer<(StatusCode, axum::Json<CreatedLink>)> {
    let made = dashboards::create_link(&services, &actor, id, input).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// Closes a public link, at once and for good.
#[utoipa::path(delete, path = "/api/v1/dashboards/{id}/links/{link}", tag = "Figures", params(("id" = BoardKey, Path), ("link" = LinkId, Path)),
    responses((status = 204)))]
pub(crate) async fn revoke_link(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path((id, link)): Path<(BoardKey, LinkId)>,
) -> Answer<StatusCode> {
    dashboards::revoke_link(&services, &actor, id, link).await?;
    Ok(StatusCode::NO_CONTENT)
}
