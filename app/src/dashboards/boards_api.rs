//! Server functions of boards of questions. Each says who asks, calls one use case, and answers.

use super::payload::{ShownBoard, ShownCard};
use crate::wire::Answer;
use domain::AppError;
use domain::dashboards::{BoardCard, BoardInput, BoardKey, BoardSummary, BoardVersion, Suggestion};
use domain::semantic::Dimension;
use leptos::prelude::*;
use leptos::server_fn::codec::ByteStream;

#[cfg(feature = "ssr")]
use super::rest_lines::RestLine;
#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::answer,
};
#[cfg(feature = "ssr")]
use domain::Role;
#[cfg(feature = "ssr")]
use futures::StreamExt as _;
#[cfg(feature = "ssr")]
use services::dashboards;
#[cfg(feature = "ssr")]
use std::time::Duration;

/// So long a page waits for cards before it shows those that are there.
#[cfg(feature = "ssr")]
const PATIENCE: Duration = Duration::from_millis(600);

/// All boards of the shop.
#[server(prefix = "/api/fn", endpoint = "dashboards/list", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_dashboards() -> Result<Vec<BoardSummary>, AppError> {
    let actor = actor()?;
    answer(dashboards::list_boards(&services(), &actor).await)
}

/// A board with its answers, for a view given as the page's query string: all of them, or those that are there soon.
#[server(prefix = "/api/fn", endpoint = "dashboards/board", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_dashboard(key: BoardKey, query: String, #[server(default)] whole: bool) -> Result<ShownBoard, AppError> {
    let (actor, services, view) = (actor()?, services(), super::address::view_of(&query));
    let board = match whole {
        true => dashboards::view_board(&services, &actor, key, view).await.map(|board| (board, None)),
        false => dashboards::view_board_soon(&services, &actor, key, view, PATIENCE).await,
    };
    Ok(ShownBoard::new(answer(board)?, services.clock.now_ms()))
}

/// The cards of a board that a page does not have yet, in lines, each as soon as it is ready. What it has are places, such as `0,1,3`.
///
/// Bytes and not text: the codec for text cannot read a piece that ends within a letter.
#[server(prefix = "/api/fn", endpoint = "dashboards/rest", input = server_fn::codec::GetUrl, output = server_fn::codec::Streaming)]
pub async fn rest_of_dashboard(
    key: BoardKey,
    query: String,
    #[server(default)] has: String,
    ticket: Option<String>,
) -> Result<ByteStream<AppError>, AppError> {
    let (actor, view) = (actor()?, super::address::view_of(&query));
    let has = has.split(',').filter_map(|place| place.parse().ok()).collect();
    let parts = answer(dashboards::rest_of_board(&services(), &actor, (key, view), (ticket.as_deref(), has)).await)?;
    Ok(parts.map(|part| RestLine::from(part).written()).into())
}

/// One card as it would be shown.
#[server(prefix = "/api/fn", endpoint = "dashboards/preview", input = server_fn::codec::Json, output = Answer)]
pub async fn preview_card(card: BoardCard, query: String) -> Result<ShownCard, AppError> {
    let actor = actor()?;
    answer(dashboards::preview_card(&services(), &actor, card, super::address::view_of(&query)).await).map(ShownCard::from)
}

/// The shop's own values of a dimension that hold a text, to filter by.
#[server(prefix = "/api/fn", endpoint = "dashboards/values", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn suggest_values(dimension: Dimension, #[server(default)] text: String) -> Result<Vec<Suggestion>, AppError> {
    let actor = actor()?;
    answer(dashboards::suggest_values(&services(), &actor, dimension, &text).await)
}

/// Makes a board, or saves one that is there.
#[server(prefix = "/api/fn", endpoint = "dashboards/save", input = server_fn::codec::Json, output = Answer)]
pub async fn save_dashboard(key: Option<BoardKey>, input: BoardInput) -> Result<BoardKey, AppError> {
    let actor = actor()?;
    match key {
        Some(key) => answer(dashboards::update_board(&services(), &actor, key, input).await),
        None => answer(dashboards::create_board(&services(), &actor, input).await),
    }
}

/// The earlier states of a board.
#[server(prefix = "/api/fn", endpoint = "dashboards/versions", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_versions(key: BoardKey) -> Result<Vec<BoardVersion>, AppError> {
    let actor = actor()?;
    answer(dashboards::list_versions(&services(), &actor, key).await)
}

/// Goes back to an earlier state.
#[server(prefix = "/api/fn", endpoint = "dashboards/restore", output = Answer)]
pub async fn restore_version(key: BoardKey, version: i64) -> Result<BoardKey, AppError> {
    let actor = actor()?;
    answer(dashboards::restore_version(&services(), &actor, key, version).await)
}

/// Marks a board, or takes the mark off.
#[server(prefix = "/api/fn", endpoint = "dashboards/mark", output = Answer)]
pub async fn mark_dashboard(key: BoardKey, is_favourite: bool) -> Result<(), AppError> {
    let actor = actor()?;
    answer(dashboards::mark_board(&services(), &actor, key, is_favourite).await)
}

/// Puts a board away, or takes it out again.
#[server(prefix = "/api/fn", endpoint = "dashboards/archive", output = Answer)]
pub async fn archive_dashboard(key: BoardKey, is_archived: bool) -> Result<(), AppError> {
    let actor = actor()?;
    answer(dashboards::archive_board(&services(), &actor, key, is_archived).await)
}

/// Chooses who sees a board: boxes of a form that are not ticked are not sent.
#[server(prefix = "/api/fn", endpoint = "dashboards/share", output = Answer)]
pub async fn share_dashboard(key: BoardKey, #[server(default)] viewers: bool, #[server(default)] analysts: bool) -> Result<(), AppError> {
    let actor = actor()?;
    let ticked = [(Role::Viewer, viewers), (Role::Analyst, analysts)].into_iter().filter_map(|(role, is_ticked)| is_ticked.then_some(role));
    answer(dashboards::share_board(&services(), &actor, key, ticked.collect()).await)
}

/// Removes a board for good.
#[server(prefix = "/api/fn", endpoint = "dashboards/delete", output = Answer)]
pub async fn delete_dashboard(key: BoardKey) -> Result<(), AppError> {
    let actor = actor()?;
    answer(dashboards::delete_board(&services(), &actor, key).await)
}
