//! The orders behind a card's figures.

use super::board_tables::sent;
use crate::extract::{Path, RawPairs};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::dashboards::{BoardKey, CardRows, DashboardView};
use services::Services;
use services::dashboards::{self, RowsAsked, TableFormat};

/// The orders, or order lines where products matter, that a card's figures are made of: 50 a page, the newest first, under the board's days
/// and filters. The last row of the table holds their sums over all pages; `figures` are the card's own measures over the same rows.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/cards/{card}/rows", tag = "Figures", params(
    ("id" = BoardKey, Path), ("card" = usize, Path, description = "The card's place on the board, from 0."),
    ("range" = Option<String>, Query, description = "As of the board."), ("page" = Option<u64>, Query, description = "From 1."),
), responses((status = 200, body = CardRows)))]
pub(crate) async fn card_rows(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path((id, card)): Path<(BoardKey, usize)>,
    RawPairs(pairs): RawPairs,
) -> Answer<Json<CardRows>> {
    Ok(Json(dashboards::card_rows(&services, &actor, asked(id, card, &pairs)).await?))
}

/// All of these rows as CSV in UTF-8 with a byte order mark; at most 50,000.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/cards/{card}/rows.csv", tag = "Figures", params(
    ("id" = BoardKey, Path), ("card" = usize, Path, description = "The card's place on the board, from 0."),
    ("range" = Option<String>, Query, description = "As of the board."),
), responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn rows_csv(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path((id, card)): Path<(BoardKey, usize)>,
    RawPairs(pairs): RawPairs,
) -> Answer<Response> {
    Ok(sent(dashboards::rows_file(&services, &actor, asked(id, card, &pairs), TableFormat::Csv).await?))
}

/// All of these rows as an Excel workbook; at most 50,000.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/cards/{card}/rows.xlsx", tag = "Figures", params(
    ("id" = BoardKey, Path), ("card" = usize, Path, description = "The card's place on the board, from 0."),
    ("range" = Option<String>, Query, description = "As of the board."),
), responses((status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub(crate) async fn rows_xlsx(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path((id, card)): Path<(BoardKey, usize)>,
    RawPairs(pairs): RawPairs,
) -> Answer<Response> {
    Ok(sent(dashboards::rows_file(&services, &actor, asked(id, card, &pairs), TableFormat::Xlsx).await?))
}

fn asked(key: BoardKey, place: usize, pairs: &[(String, String)]) -> RowsAsked {
    let page = pairs.iter().find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok()).unwrap_or(1);
    let view = DashboardView::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    RowsAsked { key, place, view, page }
}
