//! Server function of the rows behind a card.

use crate::wire::Answer;
use domain::AppError;
use domain::dashboards::{BoardKey, CardRows};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::answer,
};

/// One page of the rows behind a card, for a view and page given as the page's query string.
#[server(prefix = "/api/fn", endpoint = "dashboards/rows", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_card_rows(key: BoardKey, place: usize, query: String) -> Result<CardRows, AppError> {
    let actor = actor()?;
    let mut pages = query.trim_start_matches('?').split('&').filter_map(|pair| pair.strip_prefix("page=")?.parse().ok());
    let asked = services::dashboards::RowsAsked { key, place, page: pages.next().unwrap_or(1), view: super::address::view_of(&query) };
    answer(services::dashboards::card_rows(&services(), &actor, asked).await)
}
