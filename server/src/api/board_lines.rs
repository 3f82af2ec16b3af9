//! A board as lines of JSON, each as soon as it is ready.

use super::questions::{LINES, line};
use crate::problem::Problem;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use domain::dashboards::{BoardCard, BoardView, CardView};
use futures::{Stream, StreamExt as _};
use serde::Serialize;
use services::dashboards::BoardPart;
use std::convert::Infallible;
use utoipa::ToSchema;

/// One line of a board. What ends without `end` or `error` broke off.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BoardLine {
    /// The first line: the board without its cards.
    Head(Box<BoardView>),
    /// A card, as soon as it is ready: its `place` says where it belongs.
    Card(Box<AnsweredCard>),
    /// The last line: these were all cards.
    End(bool),
    /// The last line where the other cards could not be answered.
    Error(Problem),
}

/// A card of a board with its answer.
#[derive(Serialize, ToSchema)]
pub(crate) struct AnsweredCard {
    /// As it was saved.
    asked: BoardCard,
    /// As it is shown.
    shown: CardView,
}

impl From<services::Result<BoardPart>> for BoardLine {
    fn from(part: services::Result<BoardPart>) -> Self {
        match part {
            Ok(BoardPart::Head(head)) => Self::Head(head),
            Ok(BoardPart::Card(card)) => {
                let (asked, shown) = *card;
                Self::Card(Box::new(AnsweredCard { asked, shown }))
            }
            Ok(BoardPart::End) => Self::End(true),
            Err(error) => Self::Error(error.into()),
        }
    }
}

/// Whether a request asks for lines.
pub(super) fn are_wanted(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().any(|accepts| accepts.to_str().is_ok_and(|accepts| accepts.contains(LINES)))
}

/// The answer in lines.
pub(super) fn response(parts: impl Stream<Item = services::Result<BoardPart>> + Send + 'static) -> Response {
    let lines = parts.map(|part| Ok::<_, Infallible>(line(&BoardLine::from(part))));
    ([(header::CONTENT_TYPE, LINES)], Body::from_stream(lines)).into_response()
}
