//! A board: questions pinned to a page, each with a way to show it.

use super::{Picture, StandardBoard};
use crate::ids::BoardId;
use crate::question::Question;
use crate::{AppError, FieldError};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The most cards of a board.
pub const MAX_CARDS: usize = 40;
/// How wide a card may be, in twelfths of the page.
pub const WIDTHS: [u8; 5] = [3, 4, 6, 8, 12];
const TITLE_CHARS: usize = 100;
const DESCRIPTION_CHARS: usize = 500;

/// One question on a board.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BoardCard {
    /// Its heading; without one it is named after what it shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it asks. Without days of its own it follows the board's.
    pub question: Question,
    /// Whether it is split by time, as finely as the board's days read best.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub over_time: bool,
    /// How it is shown; without a choice, by the shape of its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Its width in twelfths of the page: 3, 4, 6, 8 or 12.
    #[serde(default = "half")]
    pub width: u8,
}

fn half() -> u8 {
    6
}

impl BoardCard {
    /// A card that shows a question as it reads best.
    pub fn of(question: Question) -> Self {
        Self { title: String::new(), question, over_time: false, picture: None, width: half() }
    }

    /// Its heading: the one it was given, or its measures and what they are split by.
    pub fn heading(&self) -> String {
        if !self.title.trim().is_empty() {
            return self.title.trim().to_owned();
        }
        let measures: Vec<&str> = self.question.measures.iter().map(|measure| measure.label()).collect();
        let mut heading = measures.join(", ");
        if self.over_time || self.question.grain().is_some() {
            heading.push_str(" over time");
        }
        let splits: Vec<String> = self.question.dimensions.iter().map(|dimension| dimension.label().to_lowercase()).collect();
        if !splits.is_empty() {
            heading.push_str(" by ");
            heading.push_str(&splits.join(" and "));
        }
        heading
    }

    /// Whether it can be shown; every wrong part is named.
    pub fn is_sound(&self) -> Result<(), AppError> {
        let mut wrong = Wrong::default();
        self.check("card", &mut wrong);
        if wrong.0.is_empty() { Ok(()) } else { Err(AppError::validation(wrong.0)) }
    }

    fn check(&self, at: &str, wrong: &mut Wrong) {
        let is_long = self.title.chars().count() > TITLE_CHARS;
        wrong.when(is_long, format!("{at}.title"), || format!("use at most {TITLE_CHARS} characters"));
        let is_odd = !WIDTHS.contains(&self.width);
        wrong.when(is_odd, format!("{at}.width"), || "use 3, 4, 6, 8 or 12 twelfths of the page".to_owned());
        if let Some(picture) = self.picture.filter(|picture| !picture.suits(&self.question, self.over_time)) {
            wrong.when(true, format!("{at}.picture"), || format!("this question cannot be shown as “{}”", picture.label()));
        }
        if let Err(error) = self.question.check() {
            wrong.0.extend(error.fields.into_iter().map(|f| FieldError { field: format!("{at}.question.{}", f.field), ..f }));
        }
        let is_compared = self.question.compare.is_some();
        wrong.when(is_compared, format!("{at}.question.compare"), || "a card is compared as its board is; leave this out".to_owned());
    }
}

/// A board as a person saves it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BoardInput {
    /// Its name.
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// Its cards from the first to the last.
    pub cards: Vec<BoardCard>,
    /// The version that was changed; another one meanwhile is a conflict. Not for new boards.
    #[serde(default)]
    pub version: Option<i64>,
}

impl BoardInput {
    /// Whether it can be saved; every wrong part is named.
    pub fn check(&self) -> Result<(), AppError> {
        let mut wrong = Wrong::default();
        let title = self.title.trim().chars().count();
        wrong.when(title == 0 || title > TITLE_CHARS, "title", || format!("give the board a name of at most {TITLE_CHARS} characters"));
        let is_long = self.description.chars().count() > DESCRIPTION_CHARS;
        wrong.when(is_long, "description", || format!("use at most {DESCRIPTION_CHARS} characters"));
        wrong.when(self.cards.len() > MAX_CARDS, "cards", || format!("a board holds at most {MAX_CARDS} cards; make a second one"));
        for (index, card) in self.cards.iter().enumerate() {
            card.check(&format!("cards[{index}]"), &mut wrong);
        }
        if wrong.0.is_empty() { Ok(()) } else { Err(AppError::validation(wrong.0)) }
    }
}

/// What is wrong with a board, part by part.
#[derive(Default)]
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn when(&mut self, is_wrong: bool, field: impl Into<String>, message: impl FnOnce() -> String) {
        if is_wrong {
            self.0.push(FieldError { field: field.into(), message: message() });
        }
    }
}

/// Which board: one of the shop's own, or one that comes with the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoardKey {
    /// One that comes with the product.
    Standard(StandardBoard),
    /// One that somebody of the shop made.
    Own(BoardId),
}

impl fmt::Display for BoardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard(board) => f.write_str(board.as_str()),
            Self::Own(id) => id.fmt(f),
        }
    }
}

impl FromStr for BoardKey {
    type Err = AppError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let standard = StandardBoard::parse(text).map(Self::Standard);
        standard.or_else(|| text.parse().ok().map(Self::Own)).ok_or_else(|| AppError::not_found("board"))
    }
}

impl Serialize for BoardKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BoardKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| serde::de::Error::custom("no board has such a name"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for BoardKey {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A board's id, or the name of one that comes with the product."))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for BoardKey {}

/// A board in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardSummary {
    /// Which.
    pub key: BoardKey,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// How many cards it has.
    pub cards: usize,
    /// Whether whoever asks marked it.
    pub is_favourite: bool,
    /// Whether it was put away.
    pub is_archived: bool,
    /// When it was last saved, milliseconds since 1970-01-01 UTC; absent for those that come with the product.
    pub updated_at: Option<i64>,
    /// By whom.
    pub updated_by: Option<String>,
}

/// An earlier state of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardVersion {
    /// Counted from 1.
    pub version: i64,
    /// Its name then.
    pub title: String,
    /// How many cards it had.
    pub cards: usize,
    /// When it was saved, milliseconds since 1970-01-01 UTC.
    pub saved_at: i64,
    /// By whom.
    pub saved_by: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(json: &str) -> BoardInput {
        serde_json::from_str(json).expect("it reads")
    }

    #[test]
    fn a_card_needs_only_its_question() {
        let board = input(r#"{"title": "Mine", "cards": [{"question": {"measures": ["net_sales"], "dimensions": ["country"]}}]}"#);
        assert_eq!(board.check(), Ok(()));
        assert_eq!((board.cards[0].width, board.cards[0].heading().as_str()), (6, "Net sales by country"));
    }

    #[test]
    fn wrong_parts_of_a_board_are_named() {
        let fields = |json: &str| input(json).check().expect_err("it is wrong").fields.into_iter().map(|f| f.field).collect::<Vec<_>>();
        assert_eq!(fields(r#"{"title": " ", "cards": []}"#), ["title"]);
        assert_eq!(
            fields(
                r#"{"title": "Mine", "cards": [{"question": {"measures": ["orders"]}}, {"width": 5, "picture": "donut", "question": {"measures": []}}]}"#
            ),
            ["cards[1].width", "cards[1].picture", "cards[1].question.measures"]
        );
        assert_eq!(
            fields(r#"{"title": "Mine", "cards": [{"question": {"measures": ["orders"], "compare": "last_year"}}]}"#),
            ["cards[0].question.compare"]
        );
    }

    #[test]
    fn keys_read_back() {
        let own = "01890000-0000-7000-8000-000000000000";
        for text in ["overview", "products", own] {
            assert_eq!(text.parse::<BoardKey>().expect("a key").to_string(), text);
        }
        assert!("elsewhere".parse::<BoardKey>().is_err());
    }
}
