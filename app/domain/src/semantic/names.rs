//! Measures and dimensions by their names, in texts and in JSON.

use super::entries::{DimensionEntry, MeasureEntry};
use super::nearest::nearest;
use super::{DIMENSIONS, Dimension, MEASURES, Measure};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

macro_rules! named {
    ($type:ident, $field:ident, $entry:ident, $table:ident, $what:literal) => {
        impl $type {
            /// Its entry in the semantic layer.
            pub fn entry(self) -> &'static $entry {
                $table.iter().find(|entry| entry.$field == self).expect(concat!("every ", $what, " has an entry"))
            }

            /// The word in questions.
            pub fn name(self) -> &'static str {
                self.entry().name
            }

            /// What people print.
            pub fn label(self) -> &'static str {
                self.entry().label
            }

            /// The one of a name or synonym; otherwise a sentence with the nearest names.
            pub fn parse(text: &str) -> Result<Self, String> {
                let wanted = text.trim().to_lowercase().replace(['-', ' '], "_");
                let is_match = |entry: &&$entry| entry.name == wanted || entry.synonyms.iter().any(|synonym| synonym.replace(' ', "_") == wanted);
                if let Some(entry) = $table.iter().find(is_match) {
                    return Ok(entry.$field);
                }
                let candidates = $table
                    .iter()
                    .flat_map(|entry| std::iter::once((entry.name, entry.name)).chain(entry.synonyms.iter().map(|word| (*word, entry.name))));
                let nearest = nearest(&wanted, candidates).join("”, “");
                let names = $table.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", ");
                Err(format!(concat!("there is no ", $what, " “{}”; the nearest is “{}”; all of them: {}"), text, nearest, names))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some($table.iter().map(|entry| entry.name)))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $type {}
    };
}

named!(Measure, measure, MeasureEntry, MEASURES, "measure");
named!(Dimension, dimension, DimensionEntry, DIMENSIONS, "dimension");

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_synonyms_are_unique_and_read_back() {
        let mut seen = BTreeSet::new();
        for entry in MEASURES {
            assert_eq!(Measure::parse(entry.name), Ok(entry.measure));
            assert!(seen.insert(entry.name.replace('_', " ")), "{} stands twice", entry.name);
            for synonym in entry.synonyms {
                assert!(seen.insert((*synonym).to_owned()), "{synonym} stands twice");
                assert_eq!(Measure::parse(synonym), Ok(entry.measure));
            }
        }
        let mut seen = BTreeSet::new();
        for entry in DIMENSIONS {
            assert_eq!(Dimension::parse(entry.name), Ok(entry.dimension));
            assert!(seen.insert(entry.name.replace('_', " ")), "{} stands twice", entry.name);
            for synonym in entry.synonyms {
                assert!(seen.insert((*synonym).to_owned()), "{synonym} stands twice");
                assert_eq!(Dimension::parse(synonym), Ok(entry.dimension));
            }
        }
    }

    #[test]
    fn an_unknown_name_comes_with_the_nearest() {
        assert!(Measure::parse("net_sale").is_err_and(|sentence| sentence.contains("nearest is “net_sales”")));
        assert!(Dimension::parse("contry").is_err_and(|sentence| sentence.contains("nearest is “country”")));
        assert!(Measure::parse("refund").is_err_and(|sentence| sentence.contains("“returns”")));
    }

    #[test]
    fn definitions_are_sentences() {
        let sentences = MEASURES.iter().map(|entry| entry.definition).chain(DIMENSIONS.iter().map(|entry| entry.definition));
        for sentence in sentences {
            assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
        }
    }

    #[test]
    fn measures_go_with_what_their_facts_are_split_by() {
        assert!(Measure::Cost.goes_with(Dimension::Country) && Measure::Cost.goes_with(Dimension::Product));
        assert!(!Measure::Tax.goes_with(Dimension::Category) && Measure::Tax.goes_with(Dimension::PaymentMethod));
        assert!(!Measure::StockOnHand.goes_with(Dimension::Country) && Measure::StockOnHand.goes_with(Dimension::Brand));
        assert!(Measure::AdSpend.goes_with(Dimension::Source) && !Measure::ReturnOnAdSpend.goes_with(Dimension::Source));
        assert!(!Measure::DaysOfCover.has_days() && Measure::ReturnOnAdSpend.has_days());
        assert!(Measure::Cost.has_rows() && Measure::Tax.has_rows());
        assert!(!Measure::SellThrough.has_rows() && !Measure::ReturnOnAdSpend.has_rows());
    }
}
