//! Boards of questions: those that come with the product, and those that people of the shop make.

use super::board_lines::{self, BoardLine};
use crate::extract::{Json, Path, RawPairs};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::Role;
use domain::dashboards::{BoardCard, BoardInput, BoardKey, BoardSummary, BoardVersion, BoardView, CardView, DashboardView};
use serde::{Deserialize, Serialize};
use services::{Services, dashboards};
use std::collections::BTreeSet;

/// The board that was made or changed.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct SavedBoard {
    /// Its id.
    id: BoardKey,
}

/// What is marked of a board, and who sees it; what is left out stays.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BoardMarks {
    /// Whether it is put away. Needs the role analyst.
    #[serde(default)]
    is_archived: Option<bool>,
    /// Whether it is among your favourites. Only people have favourites.
    #[serde(default)]
    is_favourite: Option<bool>,
    /// Which roles see it, besides its author and those who may manage the shop; to others it is not there. Needs the role analyst.
    #[serde(default)]
    roles: Option<Vec<Role>>,
}

fn view_of(pairs: &[(String, String)]) -> DashboardView {
    DashboardView::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}

/// Lists the boards that you may see: favourites first, then the shop's own, then those that come with the product; what was put away last.
#[utoipa::path(get, path = "/api/v1/dashboards", tag = "Figures", responses((status = 200, body = Vec<BoardSummary>)))]
pub(crate) async fn list_dashboards(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Vec<BoardSummary>>> {
    Ok(axum::Json(dashboards::list_boards(&services, &actor).await?))
}

/// Makes a board. A card is a question or an analysis, and a way to show it.
#[utoipa::path(post, path = "/api/v1/dashboards", tag = "Figures", request_body(content = BoardInput, example = json!({
    "title": "Monday morning", "cards": [
        {"question": {"measures": ["net_sales"]}, "width": 3},
        {"question": {"measures": ["net_sales"], "dimensions": ["country"], "limit": 10}, "picture": "bar"},
        {"question": {"measures": ["orders"]}, "over_time": true, "picture": "area", "width": 12},
        {"analysis": {"kind": "cohorts", "show": "retention"}, "width": 12}
    ]
})), responses((status = 201, body = SavedBoard)))]
pub(crate) async fn create_dashboard(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(input): Json<BoardInput>,
) -> Answer<(StatusCode, axum::Json<SavedBoard>)> {
    let id = dashboards::create_board(&services, &actor, input).await?;
    Ok((StatusCode::CREATED, axum::Json(SavedBoard { id })))
}

/// Shows one card as a board would, without saving it. Takes the parameters of a board's address.
#[utoipa::path(post, path = "/api/v1/dashboards/preview", tag = "Figures", request_body = BoardCard, responses((status = 200, body = CardView)))]
pub(crate) async fn preview_card(
    State(services): State<Services>,
    Asker(actor): Asker,
    RawPairs(pairs): RawPairs,
    Json(card): Json<BoardCard>,
) -> Answer<axum::Json<CardView>> {
    Ok(axum::Json(dashboards::preview_card(&services, &actor, card, view_of(&pairs)).await?))
}

/// A board with the answers to all its questions. Takes the parameters of its page's address.
///
/// Whoever accepts `application/x-ndjson` gets it in lines, each as soon as it is ready: first the board without its cards, then the cards in
/// their order, at last the end or what broke it off.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}", tag = "Figures", params(
    ("id" = BoardKey, Path, description = "A board's id, or `overview`, `today`, `selling`, `products`, `customers`, `channels`, `geography`, `inventory`, `returns`, `rhythm`; or `xray-product`, `xray-country`, `xray-customer` with a filter by that; or `segment-at-risk` and the like, the customers of one RFM segment by name."),
    ("range" = Option<String>, Query, description = "A preset such as `30d`, `month`, `fiscal_year`, `last_fiscal_year`, `fiscal_quarter`, `all`, or days such as `2011-01-01..2011-11-30`."),
    ("compare" = Option<String>, Query, description = "`previous_period`, `last_year` or `none`."),
    ("grain" = Option<String>, Query, description = "`day`, `week`, `month`, `quarter`, `year`, `fiscal_quarter` or `fiscal_year`."),
    ("country" = Option<String>, Query, description = "A filter, like every dimension's name; may stand several times."),
), responses((status = 200, content((BoardView = "application/json"), (BoardLine = "application/x-ndjson")))))]
pub(crate) async fn get_dashboard(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<BoardKey>,
    RawPairs(pairs): RawPairs,
    headers: HeaderMap,
) -> Answer<Response> {
    let view = view_of(&pairs);
    if board_lines::are_wanted(&headers) {
        return Ok(board_lines::response(dashboards::stream_board(&services, &actor, id, view, BTreeSet::new()).await?));
    }
    Ok(axum::Json(dashboards::view_board(&services, &actor, id, view).await?).into_response())
}

/// Saves a board. With `version`, only if nobody saved it since.
#[utoipa::path(put, path = "/api/v1/dashboards/{id}", tag = "Figures", params(("id" = BoardKey, Path)), request_body = BoardInput,
    responses((status = 200, body = SavedBoard)))]
pub(crate) async fn update_dashboard(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<BoardKey>,
    Json(input): Json<BoardInput>,
) -> Answer<axum::Json<SavedBoard>> {
    let id = dashboards::update_board(&services, &actor, id, input).await?;
    Ok(axum::Json(SavedBoard { id }))
}

/// Puts a board away or takes it out again; marks it or takes the mark off; chooses which roles see it.
#[utoipa::path(patch, path = "/api/v1/dashboards/{id}", tag = "Figures", params(("id" = BoardKey, Path)), request_body = BoardMarks,
    responses((status = 204)))]
pub(crate) async fn mark_dashboard(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<BoardKey>,
    Json(marks): Json<BoardMarks>,
) -> Answer<StatusCode> {
    if let Some(roles) = marks.roles {
        dashboards::share_board(&services, &actor, id, roles).await?;
    }
    if let Some(is_archived) = marks.is_archived {
        dashboards::archive_board(&services, &actor, id, is_archived).await?;
    }
    if let Some(is_favourite) = marks.is_favourite {
        dashboards::mark_board(&services, &actor, id, is_favourite).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a board with its versions.
#[utoipa::path(delete, path = "/api/v1/dashboards/{id}", tag = "Figures", params(("id" = BoardKey, Path)), responses((status = 204)))]
pub(crate) async fn delete_dashboard(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<BoardKey>) -> Answer<StatusCode> {
    dashboards::delete_board(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The earlier states of a board, the newest first.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/versions", tag = "Figures", params(("id" = BoardKey, Path)),
    responses((status = 200, body = Vec<BoardVersion>)))]
pub(crate) async fn list_versions(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<BoardKey>,
) -> Answer<axum::Json<Vec<BoardVersion>>> {
    Ok(axum::Json(dashboards::list_versions(&services, &actor, id).await?))
}

/// Makes an earlier version the newest again. Nothing is lost: those between stay in the history.
#[utoipa::path(post, path = "/api/v1/dashboards/{id}/versions/{version}/restore", tag = "Figures",
    params(("id" = BoardKey, Path), ("version" = i64, Path)), responses((status = 200, body = SavedBoard)))]
pub(crate) async fn restore_version(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path((id, version)): Path<(BoardKey, i64)>,
) -> Answer<axum::Json<SavedBoard>> {
    let id = dashboards::restore_version(&services, &actor, id, version).await?;
    Ok(axum::Json(SavedBoard { id }))
}
