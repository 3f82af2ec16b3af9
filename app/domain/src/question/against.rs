//! What an answer is set against.

use crate::range::Comparison;
use crate::semantic::Dimension;
use serde::{Deserialize, Deserializer, Serialize, de};

/// What an answer is set against.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Against {
    /// The same question over other days.
    Period(Comparison),
    /// The same question about other values of a dimension that it filters by: Britain with Germany.
    Values {
        /// The dimension; a filter `in` names the values that are compared with these.
        dimension: Dimension,
        /// The other values.
        values: Vec<String>,
    },
    /// The same question about all other values of a dimension that it filters by: Britain with the rest.
    Rest {
        /// The dimension; a filter `in` names the values that are compared with the rest.
        rest_of: Dimension,
    },
}

impl From<Comparison> for Against {
    fn from(comparison: Comparison) -> Self {
        Self::Period(comparison)
    }
}

impl Against {
    /// The days it means, where it means days.
    pub fn period(&self) -> Option<Comparison> {
        match self {
            Self::Period(comparison) => Some(*comparison),
            Self::Values { .. } | Self::Rest { .. } => None,
        }
    }

    /// The dimension it means, where it means values.
    pub fn dimension(&self) -> Option<Dimension> {
        match self {
            Self::Period(_) => None,
            Self::Values { dimension, .. } | Self::Rest { rest_of: dimension } => Some(*dimension),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherValues {
    dimension: Dimension,
    values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TheRest {
    rest_of: Dimension,
}

impl<'de> Deserialize<'de> for Against {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        if let Some(word) = value.as_str() {
            let known = Comparison::parse(word).map(Self::Period);
            return known.ok_or_else(|| de::Error::custom(format!("there is no comparison “{word}”; use previous_period or last_year")));
        }
        if value.get("rest_of").is_some() {
            return serde_json::from_value(value).map(|TheRest { rest_of }| Self::Rest { rest_of }).map_err(de::Error::custom);
        }
        if value.get("dimension").is_some() {
            let other = serde_json::from_value(value).map_err(de::Error::custom)?;
            let OtherValues { dimension, values } = other;
            return Ok(Self::Values { dimension, values });
        }
        let message = "compare with \"previous_period\", \"last_year\", {\"dimension\": …, \"values\": […]} or {\"rest_of\": …}";
        Err(de::Error::custom(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_read_as_they_are_written() {
        for json in [r#""previous_period""#, r#""last_year""#, r#"{"dimension":"country","values":["DE"]}"#, r#"{"rest_of":"country"}"#] {
            let against: Against = serde_json::from_str(json).expect("it reads");
            assert_eq!(serde_json::to_string(&against).expect("it writes"), json);
        }
        assert_eq!(serde_json::from_str::<Against>(r#""previous_year""#).ok(), Some(Against::Period(Comparison::LastYear)));
    }

    #[test]
    fn what_is_no_comparison_is_refused_in_words() {
        let refusal = |json: &str| serde_json::from_str::<Against>(json).expect_err("it is refused").to_string();
        assert!(refusal(r#""next_year""#).contains("previous_period"));
        assert!(refusal(r#"{"rest_of": "contry"}"#).contains("country"));
        assert!(refusal("7").contains("rest_of"));
    }
}
