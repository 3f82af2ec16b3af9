//! The kinds of picture a card can be, and which of them suits a question.

use super::BoardCard;
use crate::question::Question;
use crate::semantic::{Dimension, Unit};
use serde::{Deserialize, Serialize};

/// How a card shows its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// One large number with its change and its course.
    Figure,
    /// Values over time.
    Line,
    /// Values over time, filled.
    Area,
    /// Upright bars.
    Column,
    /// Upright bars, one part upon the other.
    Stacked,
    /// Lying bars, for long names.
    Bar,
    /// Shares of a whole.
    Donut,
    /// Stages, each narrower than the one before.
    Funnel,
    /// From one total to another by its contributions.
    Waterfall,
    /// Two measures against each other, a point for each value; a third is its size.
    Scatter,
    /// The world, its countries darker for more.
    Map,
    /// A grid of cells, darker for more.
    HeatMap,
    /// Rows by columns, with their sums.
    Pivot,
    /// All that was answered, with bars in its cells.
    Table,
}

impl Picture {
    /// All kinds, in the order a person chooses from.
    pub const ALL: [Self; 14] = [
        Self::Figure,
        Self::Line,
        Self::Area,
        Self::Column,
        Self::Stacked,
        Self::Bar,
        Self::Donut,
        Self::Funnel,
        Self::Waterfall,
        Self::Scatter,
        Self::Map,
        Self::HeatMap,
        Self::Pivot,
        Self::Table,
    ];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Figure => "Figure",
            Self::Line => "Line",
            Self::Area => "Area",
            Self::Column => "Columns",
            Self::Stacked => "Stacked columns",
            Self::Bar => "Bars",
            Self::Donut => "Donut",
            Self::Funnel => "Funnel",
            Self::Waterfall => "Waterfall",
            Self::Scatter => "Scatter",
            Self::Map => "Map",
            Self::HeatMap => "Heat map",
            Self::Pivot => "Pivot table",
            Self::Table => "Table",
        }
    }

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Line => "line",
            Self::Area => "area",
            Self::Column => "column",
            Self::Stacked => "stacked",
            Self::Bar => "bar",
            Self::Donut => "donut",
            Self::Funnel => "funnel",
            Self::Waterfall => "waterfall",
            Self::Scatter => "scatter",
            Self::Map => "map",
            Self::HeatMap => "heat_map",
            Self::Pivot => "pivot",
            Self::Table => "table",
        }
    }

    /// The kind of a word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.as_str() == text)
    }

    /// The kind that reads best, by the shape of what is asked.
    pub fn natural(question: &Question, over_time: bool) -> Self {
        let is_of_time = over_time || question.grain().is_some();
        match (is_of_time, question.dimensions.as_slice(), question.measures.len()) {
            _ if is_of_currencies(question) => Self::Table,
            (false, [], 1) => Self::Figure,
            (true, [], _) => Self::Line,
            (true, [_], 1) if Self::Stacked.suits(question, over_time) => Self::Stacked,
            (true, [_], 1) => Self::Line,
            (false, [Dimension::Weekday | Dimension::Hour], 1) => Self::Column,
            (false, [_], 1) => Self::Bar,
            (false, [_, _], 1) if is_clock(&question.dimensions) => Self::HeatMap,
            (false, [_, _], 1) => Self::Pivot,
            _ => Self::Table,
        }
    }

    /// Whether a question can be shown like this.
    pub fn suits(self, question: &Question, over_time: bool) -> bool {
        let is_of_time = over_time || question.grain().is_some();
        let (splits, measures) = (question.dimensions.len(), question.measures.len());
        let adds_up = question.measures.iter().all(|measure| question.dimensions.iter().all(|dimension| measure.adds_over(*dimension)));
        let has_past = question.measures.iter().all(|measure| measure.has_days());
        match self {
            Self::Table => true,
            _ if is_of_currencies(question) => false,
            Self::Figure => !is_of_time && splits == 0 && measures == 1,
            Self::Line => is_of_time && (splits == 0 || splits == 1 && measures == 1),
            Self::Area => is_of_time && splits == 0,
            Self::Column => splits + usize::from(is_of_time) == 1,
            Self::Stacked => splits + usize::from(is_of_time) == 2 && measures == 1 && adds_up,
            Self::Bar => !is_of_time && splits == 1,
            Self::Donut | Self::Funnel => !is_of_time && splits == 1 && measures == 1 && adds_up,
            Self::Waterfall => !is_of_time && splits == 1 && measures == 1 && adds_up && has_past,
            Self::Scatter => !is_of_time && splits == 1 && (2..=3).contains(&measures),
            Self::Map => !is_of_time && question.dimensions == [Dimension::Country],
            Self::HeatMap | Self::Pivot => splits + usize::from(is_of_time) == 2 && measures == 1,
        }
    }

    /// What a card is shown as: what was chosen where it suits, else what reads best.
    pub fn of(card: &BoardCard) -> Self {
        let chosen = card.picture.filter(|picture| card.pictures().contains(picture));
        chosen.unwrap_or_else(|| card.natural_picture())
    }
}

/// Whether it is money split by currency: amounts that stand on no common axis and add up to nothing.
fn is_of_currencies(question: &Question) -> bool {
    question.dimensions.contains(&Dimension::Currency) && question.measures.iter().any(|measure| measure.entry().unit == Unit::Money)
}

fn is_clock(dimensions: &[Dimension]) -> bool {
    dimensions.iter().all(|dimension| matches!(dimension, Dimension::Weekday | Dimension::Hour))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(json: &str) -> Question {
        serde_json::from_str(json).expect("it reads")
    }

    #[test]
    fn the_shape_chooses_the_picture() {
        let natural = |json, over_time| Picture::natural(&question(json), over_time);
        assert_eq!(natural(r#"{"measures": ["net_sales"]}"#, false), Picture::Figure);
        assert_eq!(natural(r#"{"measures": ["net_sales"]}"#, true), Picture::Line);
        assert_eq!(natural(r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#, false), Picture::Bar);
        assert_eq!(natural(r#"{"measures": ["net_sales"], "dimensions": ["hour"]}"#, false), Picture::Column);
        assert_eq!(natural(r#"{"measures": ["net_sales"], "dimensions": ["weekday", "hour"]}"#, false), Picture::HeatMap);
        assert_eq!(natural(r#"{"measures": ["net_sales"], "dimensions": ["country", "channel"]}"#, false), Picture::Pivot);
        assert_eq!(natural(r#"{"measures": ["net_sales", "orders"], "dimensions": ["country"]}"#, false), Picture::Table);
    }

    #[test]
    fn what_is_natural_suits_and_every_word_reads_back() {
        for json in [
            r#"{"measures": ["net_sales"]}"#,
            r#"{"measures": ["customers"], "dimensions": ["country"]}"#,
            r#"{"measures": ["net_sales"], "dimensions": ["country", "channel"]}"#,
            r#"{"measures": ["net_sales", "orders"], "dimensions": ["country", "channel", "hour"]}"#,
        ] {
            for over_time in [false, true] {
                let question = question(json);
                assert!(Picture::natural(&question, over_time).suits(&question, over_time), "{json} {over_time}");
            }
        }
        for picture in Picture::ALL {
            assert_eq!(Picture::parse(picture.as_str()), Some(picture));
            assert_eq!(serde_json::to_value(picture).expect("it writes"), picture.as_str());
        }
    }

    #[test]
    fn a_map_is_of_countries_at_one_time() {
        let by = |json: &str| Picture::Map.suits(&question(json), false);
        assert!(by(r#"{"measures": ["net_sales", "orders"], "dimensions": ["country"]}"#));
        assert!(!by(r#"{"measures": ["net_sales"], "dimensions": ["city"]}"#) && !by(r#"{"measures": ["net_sales"]}"#));
        assert!(!by(r#"{"measures": ["net_sales"], "dimensions": ["country", "channel"]}"#));
        assert!(!Picture::Map.suits(&question(r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#), true));
    }

    #[test]
    fn points_stand_between_two_measures() {
        let of = |measures: &str| Picture::Scatter.suits(&question(&format!(r#"{{"measures": {measures}, "dimensions": ["product"]}}"#)), false);
        assert!(of(r#"["units", "return_rate"]"#) && of(r#"["units", "return_rate", "net_sales"]"#));
        assert!(!of(r#"["units"]"#) && !of(r#"["units", "orders", "net_sales", "returns"]"#));
        let without_points = question(r#"{"measures": ["units", "orders"]}"#);
        assert!(!Picture::Scatter.suits(&without_points, false));
    }

    #[test]
    fn money_split_by_currency_is_a_table_and_nothing_else() {
        let money = question(r#"{"measures": ["net_sales"], "dimensions": ["currency"]}"#);
        let suits = |question: &Question| Picture::ALL.into_iter().filter(|picture| picture.suits(question, false)).collect::<Vec<_>>();
        assert_eq!((suits(&money), Picture::natural(&money, true)), (vec![Picture::Table], Picture::Table));
        // Bars that were saved before.
        let saved: BoardCard =
            serde_json::from_str(r#"{"question": {"measures": ["net_sales"], "dimensions": ["currency"]}, "picture": "bar"}"#).expect("it reads");
        assert_eq!(Picture::of(&saved), Picture::Table);
        let counts = question(r#"{"measures": ["orders"], "dimensions": ["currency"]}"#);
        assert!(suits(&counts).contains(&Picture::Bar));
    }

    #[test]
    fn shares_are_of_what_adds_up() {
        let customers = question(r#"{"measures": ["customers"], "dimensions": ["country"]}"#);
        assert!(!Picture::Donut.suits(&customers, false) && Picture::Bar.suits(&customers, false));
        let orders = |by: &str| question(&format!(r#"{{"measures": ["orders"], "dimensions": ["{by}"]}}"#));
        let whole = [Picture::Donut, Picture::Waterfall, Picture::Stacked];
        assert!(whole.into_iter().all(|picture| picture.suits(&orders("channel"), picture == Picture::Stacked)), "an order has one channel");
        assert!(!whole.into_iter().any(|picture| picture.suits(&orders("product"), picture == Picture::Stacked)), "and may have two products");
    }

    #[test]
    fn a_waterfall_is_of_what_has_a_past() {
        let stock = question(r#"{"measures": ["stock_on_hand"], "dimensions": ["category"]}"#);
        assert!(Picture::Donut.suits(&stock, false) && !Picture::Waterfall.suits(&stock, false));
    }
}
