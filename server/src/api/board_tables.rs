//! A board, and the table behind a card, as files.

use crate::extract::{Path, RawPairs};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::dashboards::{BoardKey, DashboardView};
use services::dashboards::{TableFile, TableFormat, board_file, card_file};
use services::{Actor, Services};
use utoipa::ToSchema;

/// A file of pages.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it only describes the body for the API's document")]
pub(crate) struct Pages(Vec<u8>);

/// The figures that a card of a board shows, as CSV in UTF-8 with a byte order mark. Money is in major units with its currency in the
/// header; a text that a spreadsheet would run as a formula has an apostrophe before it. Takes the parameters of the board's address.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/cards/{card}/table.csv", tag = "Figures", params(
    ("id" = BoardKey, Path), ("card" = usize, Path, description = "The card's place on the board, from 0."),
    ("range" = Option<String>, Query, description = "As of the board."),
), responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn card_csv(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path((id, card)): Path<(BoardKey, usize)>,
    RawPairs(pairs): RawPairs,
) -> Answer<Response> {
    file(&services, &actor, (id, card), &pairs, TableFormat::Csv).await
}

/// The same figures as an Excel workbook, with a second sheet that says which shop, board, days and filters they are of.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/cards/{card}/table.xlsx", tag = "Figures", params(
    ("id" = BoardKey, Path), ("card" = usize, Path, description = "The card's place on the board, from 0."),
    ("range" = Option<String>, Query, description = "As of the board."),
), responses((status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub(crate) async fn card_xlsx(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path((id, card)): Path<(BoardKey, usize)>,
    RawPairs(pairs): RawPairs,
) -> Answer<Response> {
    file(&services, &actor, (id, card), &pairs, TableFormat::Xlsx).await
}

/// The board as it is shown, on A4 pages. Words in Latin, Greek and Cyrillic letters can be searched and copied; others stand as boxes, and the
/// first page says so. Takes the parameters of the board's address: days, comparison and filters. Tables show the rows that their cards show, at
/// most 500; of the notes on days those that people wrote for everybody.
#[utoipa::path(get, path = "/api/v1/dashboards/{id}/pdf", tag = "Figures", params(
    ("id" = BoardKey, Path), ("range" = Option<String>, Query, description = "As of the board."),
    ("compare" = Option<String>, Query, description = "`previous_period`, `last_year` or `none`."),
    ("grain" = Option<String>, Query, description = "`day`, `week`, `month`, `quarter`, `year`, `fiscal_quarter` or `fiscal_year`."),
    ("country" = Option<String>, Query, description = "A filter, like every dimension's name; may stand several times."),
), responses((status = 200, body = inline(Pages), content_type = "application/pdf")))]
pub(crate) async fn board_pdf(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<BoardKey>,
    RawPairs(pairs): RawPairs,
) -> Answer<Response> {
    let view = DashboardView::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    Ok(sent(board_file(&services, &actor, id, view).await?))
}

async fn file(
    services: &Services,
    actor: &Actor,
    (id, card): (BoardKey, usize),
    pairs: &[(String, String)],
    format: TableFormat,
) -> Answer<Response> {
    let view = DashboardView::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    Ok(sent(card_file(services, actor, id, card, view, format).await?))
}

/// A file to keep.
pub(super) fn sent(file: TableFile) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name)).expect("a file's name is plain ASCII");
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type)), (header::CONTENT_DISPOSITION, disposition)];
    (headers, file.bytes).into_response()
}
