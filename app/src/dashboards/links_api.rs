//! Server functions of public links, and of screens that keep themselves fresh.

use super::payload::ShownShared;
use crate::wire::Answer;
use domain::AppError;
use domain::dashboards::{BoardKey, CreatedLink, LinkSummary, NewLink};
use domain::ids::LinkId;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, client, services},
    respond::answer,
};
#[cfg(feature = "ssr")]
use services::dashboards;

/// The public links to a board.
#[server(prefix = "/api/fn", endpoint = "dashboards/links", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_links(key: BoardKey) -> Result<Vec<LinkSummary>, AppError> {
    let actor = actor()?;
    answer(dashboards::list_links(&services(), &actor, key).await)
}

/// Makes a public link.
#[server(prefix = "/api/fn", endpoint = "dashboards/create-link", output = Answer)]
pub async fn create_link(key: BoardKey, input: NewLink) -> Result<CreatedLink, AppError> {
    let actor = actor()?;
    answer(dashboards::create_link(&services(), &actor, key, input).await)
}

/// Closes a public link.
#[server(prefix = "/api/fn", endpoint = "dashboards/revoke-link", output = Answer)]
pub async fn revoke_link(key: BoardKey, id: LinkId) -> Result<(), AppError> {
    let actor = actor()?;
    answer(dashboards::revoke_link(&services(), &actor, key, id).await)
}

/// A word that changes when there is something new to see on a board.
#[server(prefix = "/api/fn", endpoint = "dashboards/pulse", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn board_pulse(key: BoardKey) -> Result<String, AppError> {
    let actor = actor()?;
    answer(dashboards::pulse(&services(), &actor, key).await)
}

/// The board of a public link. The token is all that is asked with: it says which board, days and filters.
#[server(prefix = "/api/fn", endpoint = "dashboards/shared", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_shared_board(token: String) -> Result<ShownShared, AppError> {
    let services = services();
    let board = answer(dashboards::open_shared(&services, &token, &client()).await)?;
    Ok(ShownShared::new(board, services.clock.now_ms()))
}

/// A word that changes when there is something new to see behind a public link.
#[server(prefix = "/api/fn", endpoint = "dashboards/shared-pulse", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn shared_pulse(token: String) -> Result<String, AppError> {
    answer(dashboards::shared_pulse(&services(), &token, &client()).await)
}
