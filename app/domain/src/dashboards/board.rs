//! A board: questions pinned to a page, each with a way to show it.

use super::{CardGoal, DashboardView, Picture, StandardBoard};
use crate::analysis::Analysis;
use crate::ids::BoardId;
use crate::question::{Derived, Question, TimeSpan, Transform};
use crate::range::{Comparison, Grain, RangeChoice};
use crate::semantic::{Dimension, Measure, Unit};
use crate::{AppError, FieldError, Role};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The most cards of a board.
pub const MAX_CARDS: usize = 40;
/// How wide a card may be, in twelfths of the page.
pub const WIDTHS: [u8; 5] = [3, 4, 6, 8, 12];
const TITLE_CHARS: usize = 100;
const DESCRIPTION_CHARS: usize = 500;

/// One question or analysis on a board.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BoardCard {
    /// Its heading; without one it is named after what it shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it asks. Without days of its own it follows the board's. Of an analysis, only its days and filters count.
    #[serde(default, skip_serializing_if = "is_unsaid")]
    pub question: Question,
    /// What it analyses, where it asks for more than a question can say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
    /// Whether it is split by time, as finely as the board's days read best.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub over_time: bool,
    /// Over time, the measure as a share of the same measure without the filters by this dimension: one product beside all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_of: Option<Dimension>,
    /// As a table, the measures beside those of all other values of this dimension, by which the card or its board filters: one product and the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest_of: Option<Dimension>,
    /// How it is shown; without a choice, by the shape of its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// What its measure should come to: a figure then shows how far it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<CardGoal>,
    /// Its width in twelfths of the page: 3, 4, 6, 8 or 12.
    #[serde(default = "half")]
    pub width: u8,
}

fn half() -> u8 {
    6
}

fn is_unsaid(question: &Question) -> bool {
    *question == Question::default()
}

impl BoardCard {
    /// A card that shows a question as it reads best.
    pub fn of(question: Question) -> Self {
        Self {
            title: String::new(),
            question,
            analysis: None,
            over_time: false,
            share_of: None,
            rest_of: None,
            picture: None,
            goal: None,
            width: half(),
        }
    }

    /// Its heading: the one it was given, or what it analyses, or its measures and what they are split by.
    pub fn heading(&self) -> String {
        if !self.title.trim().is_empty() {
            return self.title.trim().to_owned();
        }
        if let Some(analysis) = &self.analysis {
            return analysis.label().to_owned();
        }
        let measures: Vec<&str> = self.question.measures.iter().map(|measure| measure.label()).collect();
        let mut heading = measures.join(", ");
        if self.share_of.is_some() {
            return format!("Share of all {}", heading.to_lowercase());
        }
        if let Some(dimension) = self.rest_of {
            return format!("This {} and the rest", dimension.label().to_lowercase());
        }
        if self.goal.is_some() {
            heading.push_str(": goal");
        }
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
        if let Some(picture) = self.picture.filter(|picture| !self.pictures().contains(picture)) {
            let what = if self.analysis.is_some() { "analysis" } else { "question" };
            wrong.when(true, format!("{at}.picture"), || format!("this {what} cannot be shown as “{}”", picture.label()));
        }
        self.check_asked(at, wrong);
        self.check_goal(at, wrong);
        self.check_share(at, wrong);
        self.check_rest(at, wrong);
        let is_compared = self.question.compare.is_some();
        wrong.when(is_compared, format!("{at}.question.compare"), || "a card is compared as its board is; leave this out".to_owned());
    }

    fn check_share(&self, at: &str, wrong: &mut Wrong) {
        let Some(dimension) = self.share_of else { return };
        let is_plain = self.over_time && self.question.dimensions.is_empty() && self.goal.is_none();
        let adds_up = |measure: &Measure| measure.adds_over(dimension) && measure.has_days();
        if dimension == Dimension::Currency && self.question.measures.iter().any(|measure| measure.entry().unit == Unit::Money) {
            let words = || "amounts of different currencies have no total; take the share of a count, such as units".to_owned();
            return wrong.when(true, format!("{at}.share_of"), words);
        }
        let is_sound = is_plain && matches!(self.question.measures.as_slice(), [only] if adds_up(only));
        wrong.when(!is_sound, format!("{at}.share_of"), || "a share is of one measure that adds up, over time and not split".to_owned());
    }

    fn check_rest(&self, at: &str, wrong: &mut Wrong) {
        let Some(dimension) = self.rest_of else { return };
        let is_split = self.over_time || self.question.grain().is_some() || !self.question.dimensions.is_empty();
        let is_plain = !is_split && self.analysis.is_none() && self.share_of.is_none() && self.goal.is_none() && self.question.derived.is_empty();
        let words = || "one and the rest are two rows of measures; leave out splits, goals and shares".to_owned();
        wrong.when(!is_plain || self.question.measures.is_empty(), format!("{at}.rest_of"), words);
        if let Some(measure) = self.question.measures.iter().find(|measure| !measure.goes_with(dimension)) {
            wrong.when(true, format!("{at}.rest_of"), || measure.refusal(dimension));
        }
        let is_of_amounts = dimension == Dimension::Currency && self.question.measures.iter().any(|measure| measure.entry().unit == Unit::Money);
        wrong.when(is_of_amounts, format!("{at}.rest_of"), || "amounts of different currencies cannot be added up".to_owned());
    }

    fn check_goal(&self, at: &str, wrong: &mut Wrong) {
        let Some(goal) = &self.goal else { return };
        let [measure] = self.question.measures.as_slice() else {
            return wrong.when(true, format!("{at}.goal"), || "a goal is of one measure".to_owned());
        };
        let is_split = !Picture::Figure.suits(&self.question, self.over_time) || self.analysis.is_some();
        wrong.when(is_split, format!("{at}.goal"), || "a goal is of a single figure; leave out what it is split by".to_owned());
        let has_days = self.question.time.is_some();
        wrong.when(has_days, format!("{at}.question.time"), || "a goal has days of its own; leave these out".to_owned());
        if let Some((part, why)) = goal.refusal(*measure) {
            wrong.when(true, format!("{at}.{part}"), || why);
        }
    }

    fn check_asked(&self, at: &str, wrong: &mut Wrong) {
        let mut add = |prefix: &str, error: AppError| {
            wrong.0.extend(error.fields.into_iter().map(|f| FieldError { field: format!("{at}.{prefix}{}", f.field), ..f }));
        };
        let Some(analysis) = &self.analysis else {
            // What growth is against is chosen on the board.
            let grows = self.question.derived.iter().any(|derived| derived.transform == Transform::Growth);
            let compare = self.question.compare.clone().or_else(|| grows.then_some(Comparison::PreviousPeriod.into()));
            // What goes along time, or chooses among its rows, follows the board's time axis: any grain stands for it.
            let follows = self.over_time && !(self.question.derived.is_empty() && self.question.having.is_empty());
            let own = self.question.time.unwrap_or_default();
            let time = if follows { Some(TimeSpan { grain: own.grain.or(Some(Grain::Month)), ..own }) } else { self.question.time };
            let checked = Question { compare, time, ..self.question.clone() }.check();
            // What stands beside a measure that grows need not have been there before.
            let is_of_days = |derived: &Derived| derived.transform != Transform::Growth || derived.measure.has_days();
            let is_compared = self.question.compare.is_some() || !self.question.derived.iter().all(is_of_days);
            checked.unwrap_or_else(|mut error| {
                error.fields.retain(|fault| fault.field != "compare" || is_compared);
                add("question.", error);
            });
            return;
        };
        let Question { time, filters, .. } = self.question.clone();
        let counted = Question { time, filters, ..Question::default() };
        analysis.check().unwrap_or_else(|error| add("", error));
        Question { measures: vec![Measure::NetSales], ..counted.clone() }.check().unwrap_or_else(|error| add("question.", error));
        let says_more = counted != self.question || self.over_time;
        wrong.when(says_more, format!("{at}.question"), || "an analysis takes only days and filters; ask a question in a card of its own".to_owned());
    }

    /// The same, drawn as its question is best drawn where the picture that was chosen suits it no more.
    #[must_use]
    pub fn suited(mut self) -> Self {
        self.picture = self.picture.filter(|picture| self.pictures().contains(picture));
        self
    }

    /// The kinds of picture that suit it.
    pub fn pictures(&self) -> Vec<Picture> {
        match &self.analysis {
            Some(analysis) => analysis.pictures().to_vec(),
            None if self.goal.is_some() => vec![Picture::Figure],
            None if self.share_of.is_some() => vec![Picture::Area, Picture::Column],
            None if self.rest_of.is_some() => vec![Picture::Table],
            None => Picture::ALL.into_iter().filter(|picture| picture.suits(&self.question, self.over_time)).collect(),
        }
    }

    /// The kind of picture that reads best.
    pub fn natural_picture(&self) -> Picture {
        if self.analysis.is_some() || self.share_of.is_some() || self.rest_of.is_some() {
            return self.pictures().first().copied().unwrap_or(Picture::Table);
        }
        Picture::natural(&self.question, self.over_time)
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
    /// The roles that see it, besides its author and those who may manage the shop. Left out, a new board is for everybody, and a saved one
    /// stays for whom it was.
    #[serde(default)]
    pub roles: Option<Vec<Role>>,
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

impl BoardKey {
    /// A view with the days that the board shows when nobody chose any.
    pub fn completed(self, view: DashboardView) -> DashboardView {
        let own = match self {
            Self::Standard(board) => board.range().map(RangeChoice::Preset),
            Self::Own(_) => None,
        };
        DashboardView { range: view.range.or(own), ..view }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn input(json: &str) -> BoardInput {
        serde_json::from_str(json).expect("it reads")
    }

    #[test]
    fn money_has_no_shares_by_currency_and_counts_do() {
        let card = |measure: &str| {
            let json = format!(r#"{{"question": {{"measures": ["{measure}"]}}, "over_time": true, "share_of": "currency"}}"#);
            serde_json::from_str::<BoardCard>(&json).expect("a card").is_sound()
        };
        let refused = card("net_sales").expect_err("no total");
        assert_eq!(refused.fields[0].field, "card.share_of");
        assert!(refused.fields[0].message.starts_with("amounts of different currencies have no total"), "{refused:?}");
        assert_eq!(card("units"), Ok(()));
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
    fn a_card_may_be_an_analysis_instead() {
        let board = input(r#"{"title": "Mine", "cards": [{"analysis": {"kind": "rfm"}, "picture": "heat_map"}]}"#);
        assert_eq!(board.check(), Ok(()));
        assert_eq!((board.cards[0].heading().as_str(), Picture::of(&board.cards[0])), ("Customer segments (RFM)", Picture::HeatMap));
        let text = serde_json::to_string(&board.cards[0]).expect("it writes");
        assert!(!text.contains("question"), "{text}");
        let fields = |json: &str| input(json).check().expect_err("it is wrong").fields.into_iter().map(|f| f.field).collect::<Vec<_>>();
        assert_eq!(
            fields(
                r#"{"title": "Mine", "cards": [{"analysis": {"kind": "cohorts", "cohorts": 99}, "picture": "donut", "question": {"measures": ["orders"]}}]}"#
            ),
            ["cards[0].picture", "cards[0].analysis.cohorts", "cards[0].question"]
        );
    }

    #[test]
    fn a_goal_is_of_one_figure_that_has_days() {
        let fields = |card: &str| {
            let board = input(&format!(r#"{{"title": "Mine", "cards": [{card}]}}"#));
            board.check().err().map(|error| error.fields.into_iter().map(|f| f.field).collect::<Vec<_>>()).unwrap_or_default()
        };
        let month = r#""goal": {"amount": 5000000, "period": "month"}"#;
        assert_eq!(fields(&format!(r#"{{"question": {{"measures": ["net_sales"]}}, {month}}}"#)), [""; 0]);
        assert_eq!(fields(&format!(r#"{{"question": {{"measures": ["net_sales"]}}, "over_time": true, {month}}}"#)), ["cards[0].goal"]);
        assert_eq!(fields(&format!(r#"{{"question": {{"measures": ["stock_on_hand"]}}, {month}}}"#)), ["cards[0].goal"]);
        assert_eq!(fields(r#"{"question": {"measures": ["orders"]}, "goal": {"amount": 5}}"#), ["cards[0].goal.period"]);
        let dated = r#"{"measures": ["orders"], "time": {"from": "2011-01-01", "to": "2011-01-31"}}"#;
        assert_eq!(fields(&format!(r#"{{"question": {dated}, {month}}}"#)), ["cards[0].question.time"]);
    }

    #[test]
    fn one_and_the_rest_are_measures_that_are_not_split() {
        let fields = |card: &str| {
            let board = input(&format!(r#"{{"title": "Mine", "cards": [{card}]}}"#));
            board.check().err().map(|error| error.fields.into_iter().map(|f| f.field).collect::<Vec<_>>()).unwrap_or_default()
        };
        let card = |question: &str, dimension: &str| format!(r#"{{"question": {question}, "rest_of": "{dimension}"}}"#);
        let rates = r#"{"measures": ["average_order_value", "repeat_rate"]}"#;
        assert_eq!(fields(&card(rates, "country")), [""; 0]);
        let board = input(&format!(r#"{{"title": "Mine", "cards": [{}]}}"#, card(rates, "country")));
        assert_eq!((board.cards[0].heading().as_str(), Picture::of(&board.cards[0])), ("This country and the rest", Picture::Table));
        assert_eq!(fields(&card(r#"{"measures": ["orders"], "dimensions": ["channel"]}"#, "country")), ["cards[0].rest_of"]);
        assert_eq!(fields(&card(r#"{"measures": ["tax"]}"#, "product")), ["cards[0].rest_of"]);
        assert_eq!(fields(&card(rates, "currency")), ["cards[0].rest_of"]);
    }

    #[test]
    fn what_goes_along_time_follows_the_board() {
        let is_sound = |over_time: bool, rest: &str| {
            let json = format!(r#"{{"question": {{"measures": ["net_sales"], {rest}}}, "over_time": {over_time}}}"#);
            serde_json::from_str::<BoardCard>(&json).expect("a card").is_sound().is_ok()
        };
        for rest in [
            r#""derived": [{"measure": "net_sales", "as": "running_total"}]"#,
            r#""derived": [{"measure": "net_sales", "as": "share_of_total"}]"#,
            r#""having": [{"measure": "orders", "op": "at_least", "value": 2}]"#,
        ] {
            assert!(is_sound(true, rest) && !is_sound(false, rest), "{rest}");
        }
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
