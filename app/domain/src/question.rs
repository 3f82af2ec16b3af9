//! A question is a value: measures, dimensions, filters, time, order, limit, comparison.

use crate::range::{Comparison, DateRange, Grain};
use crate::semantic::{Dimension, Measure, Unit};
use crate::{AppError, Currency, Day, FieldError};
use serde::{Deserialize, Serialize};

/// The most rows an answer holds; beyond it the answer says `truncated`.
pub const MAX_ROWS: u32 = 10_000;

/// What is asked. Only `measures` is required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The figures, in the answer's order.
    pub measures: Vec<Measure>,
    /// What they are split by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// Which days, and how finely; without it, all data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeSpan>,
    /// All of them must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// By which columns rows are ordered; by default time, then the first measure from large to small.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Order>,
    /// At most so many rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Adds a column `<measure>_compared` for each measure with its value in that other range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Comparison>,
}

/// Which days, and how finely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TimeSpan {
    /// First day; without it, the data's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day, included; without it, the data's last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Splits by time; the column carries the grain's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grain: Option<Grain>,
}

impl From<DateRange> for TimeSpan {
    fn from(range: DateRange) -> Self {
        Self { from: Some(range.from), to: Some(range.to), grain: None }
    }
}

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FilterOp {
    /// One of the values.
    In,
    /// None of the values; rows without a value are kept.
    NotIn,
}

/// A condition on a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Of which dimension.
    pub dimension: Dimension,
    /// How.
    pub op: FilterOp,
    /// Values as answers spell them.
    pub values: Vec<String>,
}

/// By which column, and in which direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// A column of the answer: a measure, a dimension or the grain.
    pub by: String,
    /// From large to small.
    #[serde(default)]
    pub desc: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// The first day of a bucket, `YYYY-MM-DD`.
    Time,
    /// A word, or null where the source gave none.
    Text,
    /// Minor units of `currency`.
    Money,
    /// A plain number.
    Number,
}

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Column {
    /// A measure, a dimension, a grain, or `<measure>_compared`.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// For money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// One value of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Cell {
    /// No value: a division by zero, or a source that gave none.
    None,
    /// Minor units, counts, weekdays, hours.
    Int(i64),
    /// Units sold by weight or length.
    Float(f64),
    /// A day or a word.
    Text(String),
}

impl Cell {
    /// The number in it, if it holds one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            Self::None | Self::Text(_) => None,
        }
    }

    /// The whole number in it, if it holds one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The text in it, if it holds one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// Time first, then dimensions, then measures, then compared measures.
    pub columns: Vec<Column>,
    /// One cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// When the data last changed, RFC 3339; absent before the first upload.
    pub data_as_of: Option<String>,
    /// Whether rows beyond the limit were left out.
    pub truncated: bool,
    /// How long it took.
    pub elapsed_ms: u64,
}

impl Question {
    /// A question for measures over everything.
    pub fn new(measures: impl IntoIterator<Item = Measure>) -> Self {
        Self { measures: measures.into_iter().collect(), ..Self::default() }
    }

    /// The grain, if it splits by time.
    pub fn grain(&self) -> Option<Grain> {
        self.time.and_then(|time| time.grain)
    }

    /// The names of the answer's columns before comparison.
    pub fn column_names(&self) -> Vec<&'static str> {
        let grain = self.grain().map(Grain::as_str);
        grain.into_iter().chain(self.dimensions.iter().map(|d| d.name())).chain(self.measures.iter().map(|m| m.name())).collect()
    }

    /// Whether it can be answered at all; every wrong part is named.
    pub fn check(&self) -> Result<(), AppError> {
        let mut fields = Vec::new();
        let mut wrong = |field: String, message: String| fields.push(FieldError { field, message });
        if self.measures.is_empty() {
            wrong("measures".to_owned(), "ask for at least one measure, for example net_sales".to_owned());
        }
        if self.measures.len() > 20 || self.dimensions.len() > 6 || self.filters.len() > 50 {
            wrong("measures".to_owned(), "a question holds at most 20 measures, 6 dimensions and 50 filters; ask twice".to_owned());
        }
        for (index, measure) in self.measures.iter().enumerate() {
            if self.measures[..index].contains(measure) {
                wrong(format!("measures[{index}]"), format!("{measure} stands twice"));
            }
        }
        for (index, dimension) in self.dimensions.iter().enumerate() {
            if self.dimensions[..index].contains(dimension) {
                wrong(format!("dimensions[{index}]"), format!("{dimension} stands twice"));
            }
        }
        let by_line = |dimension: Dimension| matches!(dimension, Dimension::Product | Dimension::Sku);
        let splits = self.dimensions.iter().copied().chain(self.filters.iter().map(|filter| filter.dimension));
        if let (Some(measure), Some(dimension)) = (self.measures.iter().find(|m| m.entry().order_level), splits.into_iter().find(|d| by_line(*d))) {
            wrong("measures".to_owned(), format!("{measure} belongs to whole orders and cannot be split or filtered by {dimension}; use net_sales"));
        }
        let range = match self.time {
            Some(TimeSpan { from: Some(from), to: Some(to), .. }) => DateRange::new(from, to).err(),
            Some(TimeSpan { from: Some(day), .. } | TimeSpan { to: Some(day), .. }) => DateRange::new(day, day).err(),
            _ => None,
        };
        fields.extend(range.map(|error| error.fields).unwrap_or_default());
        let mut wrong = |field: String, message: String| fields.push(FieldError { field, message });
        for (index, filter) in self.filters.iter().enumerate() {
            if filter.values.is_empty() {
                wrong(format!("filters[{index}].values"), format!("name at least one {} to filter by", filter.dimension));
            }
            if filter.values.len() > 1_000 {
                wrong(format!("filters[{index}].values"), "use at most 1,000 values".to_owned());
            }
            if filter.values.iter().any(|value| value.contains('\0')) {
                wrong(format!("filters[{index}].values"), "a value holds a NUL character, which no text of a shop does".to_owned());
            }
        }
        let names = self.column_names();
        for (index, order) in self.order.iter().enumerate() {
            if !names.contains(&order.by.as_str()) {
                wrong(format!("order[{index}].by"), format!("“{}” is not a column of this answer; choose one of {}", order.by, names.join(", ")));
            }
        }
        if self.limit == Some(0) {
            wrong("limit".to_owned(), "ask for at least one row".to_owned());
        }
        if self.limit.is_some_and(|limit| limit > MAX_ROWS) {
            wrong("limit".to_owned(), format!("ask for at most {MAX_ROWS} rows"));
        }
        if fields.is_empty() { Ok(()) } else { Err(AppError::validation(fields)) }
    }
}

impl Measure {
    /// What an answer's column of this measure holds.
    pub fn column_kind(self) -> ColumnKind {
        match self.entry().unit {
            Unit::Money => ColumnKind::Money,
            Unit::Number => ColumnKind::Number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Question, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn the_documented_question_reads_and_holds() {
        let question = read(
            r#"{"measures": ["net_sales"], "dimensions": ["country"], "time": {"from": "2011-01-01", "to": "2011-11-30", "grain": "month"},
            "filters": [{"dimension": "channel", "op": "in", "values": ["online"]}], "order": [{"by": "net_sales", "desc": true}],
            "limit": 10, "compare": "previous_period"}"#,
        )
        .expect("it reads");
        assert_eq!(question.check(), Ok(()));
        assert_eq!(question.column_names(), ["month", "country", "net_sales"]);
    }

    #[test]
    fn wrong_parts_are_named() {
        let fields =
            |json: &str| read(json).expect("it reads").check().expect_err("it is wrong").fields.into_iter().map(|f| f.field).collect::<Vec<_>>();
        assert_eq!(fields(r#"{"measures": []}"#), ["measures"]);
        assert_eq!(fields(r#"{"measures": ["orders"], "order": [{"by": "country"}]}"#), ["order[0].by"]);
        assert_eq!(fields(r#"{"measures": ["total_sales"], "dimensions": ["sku"]}"#), ["measures"]);
        assert_eq!(fields(r#"{"measures": ["orders"], "time": {"from": "2011-02-01", "to": "2011-01-01"}}"#), ["time.to"]);
        assert_eq!(
            fields(r#"{"measures": ["orders"], "limit": 0, "filters": [{"dimension": "country", "op": "in", "values": []}]}"#),
            ["filters[0].values", "limit"]
        );
    }

    #[test]
    fn unknown_names_do_not_read() {
        assert!(read(r#"{"measures": ["net_sale"]}"#).is_err_and(|sentence| sentence.contains("net_sales")));
        assert!(read(r#"{"measures": ["orders"], "dimension": ["country"]}"#).is_err());
    }

    #[test]
    fn cells_keep_their_kind_in_json() {
        let cells = vec![Cell::None, Cell::Int(56_013_342), Cell::Float(1.5), Cell::Text("GB".to_owned())];
        let json = serde_json::to_string(&cells).expect("it writes");
        assert_eq!(json, r#"[null,56013342,1.5,"GB"]"#);
        assert_eq!(serde_json::from_str::<Vec<Cell>>(&json).expect("it reads"), cells);
    }
}
