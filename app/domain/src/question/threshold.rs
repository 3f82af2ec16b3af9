//! Conditions on measures: only rows with at least, or at most, so much of one.

use crate::semantic::Measure;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// Which side of the value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ThresholdOp {
    /// The value or more.
    AtLeast,
    /// The value or less.
    AtMost,
    /// More than the value.
    MoreThan,
    /// Less than the value.
    LessThan,
}

/// Only rows of the answer that reach it are kept; a row without the measure is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Of which measure; it need not be asked for.
    pub measure: Measure,
    /// Which side.
    pub op: ThresholdOp,
    /// Money in minor units, shares as fractions.
    pub value: Number,
}

/// A number with at most six decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// How many millionths.
    pub millionths: i64,
}

/// Numbers go this far up and down.
const LARGEST: f64 = 9_000_000_000_000.0;

impl Number {
    /// The number nearest to a float; `None` beyond nine trillion, where nothing of a shop is.
    pub fn from_f64(value: f64) -> Option<Self> {
        (value.is_finite() && value.abs() <= LARGEST).then(|| Self { millionths: (value * 1_000_000.0).round() as i64 })
    }

    fn whole(self) -> Option<i64> {
        (self.millionths % 1_000_000 == 0).then_some(self.millionths / 1_000_000)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.millionths as f64 / 1_000_000.0),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl de::Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number between -9,000,000,000,000 and 9,000,000,000,000")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        Number::from_f64(value).ok_or_else(|| E::invalid_value(de::Unexpected::Float(value), &self))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Number {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::Number).minimum(Some(-LARGEST)).maximum(Some(LARGEST)).into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Number {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_written() {
        for (json, millionths) in [("0", 0), ("10000", 10_000_000_000), ("-3", -3_000_000), ("0.25", 250_000), ("0.000001", 1)] {
            let number: Number = serde_json::from_str(json).expect("it reads");
            assert_eq!(number, Number { millionths });
            assert_eq!(serde_json::from_str::<Number>(&serde_json::to_string(&number).expect("it writes")).expect("it reads"), number);
        }
        for json in ["1e300", "\"5\"", "null", "9000000000001"] {
            assert!(serde_json::from_str::<Number>(json).is_err(), "{json}");
        }
    }
}
