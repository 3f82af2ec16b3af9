//! A board as it is shown.

use super::{BoardCard, BoardKey, DataSpan, Figure, Picture};
use crate::accounts::MerchantSummary;
use crate::charts::{ChartCard, TableData};
use crate::range::{DateRange, Grain};
use crate::semantic::Dimension;
use crate::{Day, Role};
use serde::{Deserialize, Serialize};

/// A board with the answers to all its questions, as of one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardView {
    /// Whose.
    pub merchant: MerchantSummary,
    /// Which board.
    pub key: BoardKey,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Its version; 0 for those that come with the product.
    pub version: i64,
    /// Whether it was put away.
    pub is_archived: bool,
    /// Whether whoever asks marked it.
    pub is_favourite: bool,
    /// The roles that see it. Its author sees it in any case.
    pub roles: Vec<Role>,
    /// What the data span; absent before the first upload, and then no card is answered.
    pub data: Option<DataSpan>,
    /// The days in force.
    pub range: DateRange,
    /// The days they are set against.
    pub compared_range: Option<DateRange>,
    /// The time axis in force.
    pub grain: Grain,
    /// Its cards as they were saved.
    pub cards: Vec<BoardCard>,
    /// Its cards as they are shown, in the same order.
    pub views: Vec<CardView>,
    /// What a person should know.
    pub notices: Vec<String>,
}

impl BoardView {
    /// A word that changes when there is something new to see.
    pub fn pulse(&self) -> String {
        match &self.data {
            Some(data) => pulse_of(&self.merchant, self.version, Some(data.changed_at), data.today),
            None => String::new(),
        }
    }
}

/// A word that changes when the board, the data, the day or what the shop counts its days and money by does.
pub fn pulse_of(shop: &MerchantSummary, version: i64, changed_at: Option<i64>, today: Day) -> String {
    let MerchantSummary { currency, time_zone, week_start, fiscal_year_start, .. } = shop;
    match changed_at {
        Some(changed_at) => format!("{version}-{changed_at}-{today}-{week_start}-{fiscal_year_start}-{time_zone}-{}", currency.code()),
        None => String::new(),
    }
}

/// A card as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardView {
    /// Which card of the board it is, counted from 0: cards that tell nothing may be left out.
    pub place: usize,
    /// Its heading.
    pub title: String,
    /// What is shown and in which unit.
    pub subtitle: String,
    /// How.
    pub picture: Picture,
    /// In twelfths of the page.
    pub width: u8,
    /// What.
    pub content: CardContent,
    /// Of a table whose rows are each of one value: what a click on a row filters by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_filter: Option<RowFilter>,
}

/// What a click on a row of a table filters by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowFilter {
    /// Which dimension.
    pub dimension: Dimension,
    /// The value of each row; empty where a click does nothing.
    pub values: Vec<String>,
}

/// The shape of a card that is still being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardShape {
    /// Which card of the board it is, counted from 0. It may turn out to tell nothing.
    pub place: usize,
    /// How it is likely to be shown.
    pub picture: Picture,
    /// In twelfths of the page.
    pub width: u8,
}

/// What of a board is still being answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestOfBoard {
    /// What takes over the work that goes on, within some seconds.
    pub ticket: String,
    /// Its cards, in the board's order.
    pub cards: Vec<CardShape>,
}

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum CardContent {
    /// One number.
    Figure(Figure),
    /// A picture.
    Chart(Box<ChartCard>),
    /// A table.
    Table(TableData),
    /// Nothing matches, in a sentence.
    Empty(String),
    /// It could not be answered, in a sentence. The other cards are.
    Failed(String),
}
