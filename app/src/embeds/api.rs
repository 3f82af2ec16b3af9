//! Server functions of boards. Each says who asks, calls one use case, and answers.

use crate::wire::Answer;
use domain::AppError;
use domain::embeds::{CheckStep, EmbedInput, EmbedPatch, EmbedSummary, EmbedView, Pasted};
use domain::ids::EmbedId;
use leptos::prelude::*;
use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::answer,
};
#[cfg(feature = "ssr")]
use {
    domain::embeds::{SecretInput, ViewInput},
    services::embeds,
};

/// The boards that the member may see.
#[server(prefix = "/api/fn", endpoint = "embeds/visible", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn visible_boards() -> Result<Vec<EmbedSummary>, AppError> {
    let actor = actor()?;
    answer(embeds::visible_embeds(&services(), &actor).await)
}

/// One board; what is not shared with whoever asks does not exist for them.
#[server(prefix = "/api/fn", endpoint = "embeds/get", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_board(id: EmbedId) -> Result<EmbedSummary, AppError> {
    let actor = actor()?;
    answer(embeds::get_embed(&services(), &actor, id).await)
}

/// A board ready for its frame, for a range of days as the address spells it, if need be signed with the secret before the newest.
#[server(prefix = "/api/fn", endpoint = "embeds/view", output = Answer)]
pub async fn view_board(id: EmbedId, range: Option<String>, #[server(default)] previous_secret: bool) -> Result<EmbedView, AppError> {
    let actor = actor()?;
    answer(embeds::view_embed_by(&services(), &actor, id, ViewInput { range, previous_secret }).await)
}

/// All boards of the shop, for those who set them up.
#[server(prefix = "/api/fn", endpoint = "embeds/list", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_boards() -> Result<Vec<EmbedSummary>, AppError> {
    let actor = actor()?;
    answer(embeds::list_embeds(&services(), &actor).await)
}

/// What a pasted text names. Nothing is stored or fetched.
#[server(prefix = "/api/fn", endpoint = "embeds/recognise", input = server_fn::codec::Json, output = Answer)]
pub async fn recognise_board(paste: String) -> Result<Pasted, AppError> {
    let actor = actor()?;
    answer(embeds::recognise(&services(), &actor, &paste).await)
}

/// Adds a board.
#[server(prefix = "/api/fn", endpoint = "embeds/create", input = server_fn::codec::Json, output = Answer)]
pub async fn create_board(input: EmbedInput) -> Result<EmbedSummary, AppError> {
    let actor = actor()?;
    answer(embeds::create_embed(&services(), &actor, input).await)
}

/// Changes a board.
#[server(prefix = "/api/fn", endpoint = "embeds/update", input = server_fn::codec::Json, output = Answer)]
pub async fn update_board(id: EmbedId, patch: EmbedPatch) -> Result<EmbedSummary, AppError> {
    let actor = actor()?;
    answer(embeds::update_embed(&services(), &actor, id, patch).await)
}

/// Puts the boards into another order.
#[server(prefix = "/api/fn", endpoint = "embeds/reorder", input = server_fn::codec::Json, output = Answer)]
pub async fn reorder_boards(ids: Vec<EmbedId>) -> Result<Vec<EmbedSummary>, AppError> {
    let actor = actor()?;
    answer(embeds::reorder_embeds(&services(), &actor, ids).await)
}

/// Takes a board away.
#[server(prefix = "/api/fn", endpoint = "embeds/delete", output = Answer)]
pub async fn delete_board(id: EmbedId) -> Result<(), AppError> {
    let actor = actor()?;
    answer(embeds::delete_embed(&services(), &actor, id).await)
}

/// Replaces a board's secret; the old one stays valid for a while.
#[server(prefix = "/api/fn", endpoint = "embeds/set-secret", input = server_fn::codec::Json, output = Answer)]
pub async fn replace_secret(id: EmbedId, fields: BTreeMap<String, String>) -> Result<EmbedSummary, AppError> {
    let actor = actor()?;
    answer(embeds::set_secret(&services(), &actor, id, SecretInput { fields, overlap_minutes: None }).await)
}

/// Checks a board's settings, step by step.
#[server(prefix = "/api/fn", endpoint = "embeds/check", output = Answer)]
pub async fn check_board(id: EmbedId) -> Result<Vec<CheckStep>, AppError> {
    let actor = actor()?;
    answer(embeds::check_embed(&services(), &actor, id).await)
}

/// The hosts that boards may come from; empty for any.
#[server(prefix = "/api/fn", endpoint = "embeds/hosts", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn allowed_hosts() -> Result<Vec<String>, AppError> {
    let actor = actor()?;
    answer(embeds::allowed_hosts(&services(), &actor).await)
}

/// Changes the hosts that boards may come from.
#[server(prefix = "/api/fn", endpoint = "embeds/set-hosts", input = server_fn::codec::Json, output = Answer)]
pub async fn set_allowed_hosts(hosts: Vec<String>) -> Result<Vec<String>, AppError> {
    let actor = actor()?;
    answer(embeds::set_allowed_hosts(&services(), &actor, hosts).await)
}
