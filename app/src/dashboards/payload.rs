//! A board as it travels to the browser: its pictures are ready to be drawn.

use crate::charts::{ChartFilter, ChartPayload};
use domain::Role;
use domain::charts::TableData;
use domain::dashboards::{BoardCard, BoardKey, Figure, Picture, RestOfBoard};
use domain::question::Filter;
use domain::range::{DateRange, Grain};
use serde::{Deserialize, Serialize};

/// A board with its answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownBoard {
    pub key: BoardKey,
    pub title: String,
    pub description: String,
    pub version: i64,
    pub is_archived: bool,
    pub is_favourite: bool,
    /// The roles that see it.
    pub roles: Vec<Role>,
    /// Whether there are any data at all.
    pub has_data: bool,
    /// `Data to 9 Dec 2011, read 2 hours ago`.
    pub freshness: Option<String>,
    pub range: DateRange,
    pub compared_range: Option<DateRange>,
    pub grain: Grain,
    /// Changes when there is something new to see.
    pub pulse: String,
    /// The cards as they were saved, and as they are shown.
    pub cards: Vec<(BoardCard, ShownCard)>,
    /// What is missing: it is read by itself.
    pub rest: Option<RestOfBoard>,
    /// What a person should know.
    pub notices: Vec<String>,
}

/// A board as whoever has its public link sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownShared {
    pub shop: String,
    pub title: String,
    pub description: String,
    pub has_data: bool,
    pub freshness: Option<String>,
    pub range: DateRange,
    pub compared_range: Option<DateRange>,
    pub filters: Vec<Filter>,
    pub pulse: String,
    pub cards: Vec<ShownCard>,
}

/// A card as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownCard {
    /// Which card of the board it is, counted from 0.
    pub place: usize,
    pub title: String,
    pub subtitle: String,
    pub picture: Picture,
    pub width: u8,
    pub content: Content,
    /// Of a table: what a click on a row filters by.
    pub row_filter: Option<ChartFilter>,
}

impl ShownCard {
    /// The same under another id: on a page where cards are tried and changed, several stand in the first place.
    pub(super) fn named(mut self, id: String) -> Self {
        if let Content::Chart(chart) = &mut self.content {
            chart.id = id;
        }
        self
    }
}

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    Figure(Figure),
    Chart(Box<ChartPayload>),
    Table(TableData),
    Empty(String),
    Failed(String),
}

#[cfg(feature = "ssr")]
impl From<domain::dashboards::CardView> for ShownCard {
    fn from(card: domain::dashboards::CardView) -> Self {
        use domain::dashboards::CardContent;
        let content = match card.content {
            CardContent::Figure(figure) => Content::Figure(figure),
            CardContent::Chart(chart) => Content::Chart(Box::new((*chart).into())),
            CardContent::Table(table) => Content::Table(table),
            CardContent::Empty(words) => Content::Empty(words),
            CardContent::Failed(words) => Content::Failed(words),
        };
        let row_filter = card.row_filter.map(|filter| ChartFilter { dimension: filter.dimension, values: filter.values });
        Self { place: card.place, title: card.title, subtitle: card.subtitle, picture: card.picture, width: card.width, content, row_filter }
    }
}

#[cfg(feature = "ssr")]
impl ShownBoard {
    pub(super) fn new((board, rest): (domain::dashboards::BoardView, Option<RestOfBoard>), now_ms: i64) -> Self {
        let freshness = board.data.as_ref().map(|data| freshness(data, now_ms));
        Self {
            pulse: board.pulse(),
            key: board.key,
            title: board.title,
            description: board.description,
            version: board.version,
            is_archived: board.is_archived,
            is_favourite: board.is_favourite,
            roles: board.roles,
            has_data: board.data.is_some(),
            freshness,
            range: board.range,
            compared_range: board.compared_range,
            grain: board.grain,
            cards: board.cards.into_iter().zip(board.views.into_iter().map(ShownCard::from)).collect(),
            rest,
            notices: board.notices,
        }
    }
}

#[cfg(feature = "ssr")]
impl ShownShared {
    pub(super) fn new(board: domain::dashboards::SharedBoard, now_ms: i64) -> Self {
        Self {
            freshness: board.data.as_ref().map(|data| freshness(data, now_ms)),
            has_data: board.data.is_some(),
            shop: board.shop,
            title: board.title,
            description: board.description,
            range: board.range,
            compared_range: board.compared_range,
            filters: board.filters,
            pulse: board.pulse,
            cards: board.views.into_iter().map(ShownCard::from).collect(),
        }
    }
}

#[cfg(feature = "ssr")]
pub(super) fn freshness(data: &domain::dashboards::DataSpan, now_ms: i64) -> String {
    let read = domain::format::ago(now_ms - data.changed_at);
    format!("Data to {}, read {read}", domain::format::day(data.days.to))
}
