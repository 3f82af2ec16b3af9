//! The semantic layer: every measure and dimension with its name, synonyms, definition, unit and nature, one entry each.

use crate::role::Role;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What a value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minor units of the answer's currency.
    Money,
    /// A plain number.
    Number,
}

/// A figure that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Sum of all line amounts.
    NetSales,
    /// Sum of the positive line amounts.
    GrossSales,
    /// Minus the sum of the negative line amounts.
    Returns,
    /// Distinct orders with a positive amount.
    Orders,
    /// Gross sales per order.
    AverageOrderValue,
    /// Sum of quantities.
    Units,
    /// Distinct known customers with a positive amount.
    Customers,
    /// Sum of the orders' totals as their vendor states them, else of their lines.
    TotalSales,
}

/// Something figures can be split and filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Product, by name.
    Product,
    /// Product, by code.
    Sku,
    /// Country, ISO 3166-1 alpha-2.
    Country,
    /// City as the file spells it.
    City,
    /// `online` or `offline`.
    Channel,
    /// The source of the rows, by name.
    Source,
    /// ISO weekday, 1 is Monday.
    Weekday,
    /// Hour of the merchant's day, 0 to 23.
    Hour,
    /// ISO 4217 code of the order.
    Currency,
}

/// All there is to know of a measure.
pub struct MeasureEntry {
    /// Which.
    pub measure: Measure,
    /// The word in questions.
    pub name: &'static str,
    /// What people print.
    pub label: &'static str,
    /// Other names people use.
    pub synonyms: &'static [&'static str],
    /// One sentence.
    pub definition: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// Whether parts add up to the whole over every dimension.
    pub additive: bool,
    /// Whether it belongs to whole orders, so that it cannot be split by product.
    pub order_level: bool,
    /// Whether more is better, for the colour of a change.
    pub more_is_better: bool,
    /// The lowest role that may see it.
    pub lowest_role: Role,
}

/// All there is to know of a dimension.
pub struct DimensionEntry {
    /// Which.
    pub dimension: Dimension,
    /// The word in questions.
    pub name: &'static str,
    /// What people print.
    pub label: &'static str,
    /// Other names people use.
    pub synonyms: &'static [&'static str],
    /// One sentence.
    pub definition: &'static str,
}

/// Every measure.
pub const MEASURES: &[MeasureEntry] = &[
    MeasureEntry {
        measure: Measure::NetSales,
        name: "net_sales",
        label: "Net sales",
        synonyms: &["net revenue", "revenue", "sales", "turnover"],
        definition: "The sum of all line amounts: sales minus returns.",
        unit: Unit::Money,
        additive: true,
        order_level: false,
        more_is_better: true,
        lowest_role: Role::Viewer,
    },
    MeasureEntry {
        measure: Measure::GrossSales,
        name: "gross_sales",
        label: "Gross sales",
        synonyms: &["gross revenue"],
        definition: "The sum of the positive line amounts, before returns.",
        unit: Unit::Money,
        additive: true,
        order_level: false,
        more_is_better: true,
        lowest_role: Role::Viewer,
    },
    MeasureEntry {
        measure: Measure::Returns,
        name: "returns",
        label: "Returns",
        synonyms: &["refunds", "cancellations"],
        definition: "Minus the sum of the negative line amounts: what was given back.",
        unit: Unit::Money,
        additive: true,
        order_level: false,
        more_is_better: false,
        lowest_role: Role::Viewer,
    },
    MeasureEntry {
        measure: Measure::Orders,
        name: "orders",
        label: "Orders",
        synonyms: &["invoices", "order count", "transactions"],
        definition: "How many different orders have a line with a positive amount.",
        unit: Unit::Number,
        additive: false,
        order_level: false,
        more_is_better: true,
        lowest_role: Role::Viewer,
    },
    MeasureEntry {
        measure: Measure::AverageOrderValue,
        name: "average_order_value",
        label: "Average order value",
        synonyms: &["aov", "average basket", "basket value"],
        definition: "Gross sales divided by the number of orders.",
        unit: Unit::Money,
        additive: false,
        order_level: false,
        more_is_better: true,
        lowest_role: Role::Viewer,
    },
    MeasureEntry {
        measure: Measure::Units,
        name: "units",
        label: "Units",
        synonyms: &["quantity", "items sold", "units sold"],
        definition: "The sum of quantities, returns taken off.",
        unit: Unit::Number,
        additive: true,
        order_level: false,
        more_is_better: true,
        lowest_role: Role::Viewer,
    },
    MeasureEntry {
        measure: Measure::Customers,
        name: "customers",
        label: "Customers",
        synonyms: &["buyers", "clients", "shoppers"],
        definition: "How many different known customers have a line with a positive amount.",
        unit: Unit::Number,
        additive: false,
        order_level: false,
        more_is_better: true,
        lowest_role: Role::Viewer,
    },
    MeasureEntry {
        measure: Measure::TotalSales,
        name: "total_sales",
        label: "Total sales",
        synonyms: &["order totals", "total revenue"],
        definition: "The sum of each order's total as its vendor states it, with shipping and tax; else the sum of its lines.",
        unit: Unit::Money,
        additive: true,
        order_level: true,
        more_is_better: true,
        lowest_role: Role::Viewer,
    },
];

/// Every dimension.
pub const DIMENSIONS: &[DimensionEntry] = &[
    DimensionEntry {
        dimension: Dimension::Product,
        name: "product",
        label: "Product",
        synonyms: &["item", "article"],
        definition: "The product by its name.",
    },
    DimensionEntry {
        dimension: Dimension::Sku,
        name: "sku",
        label: "SKU",
        synonyms: &["product code", "stock code"],
        definition: "The product by its code.",
    },
    DimensionEntry {
        dimension: Dimension::Country,
        name: "country",
        label: "Country",
        synonyms: &["nation"],
        definition: "Where the order went, or where its customer lives.",
    },
    DimensionEntry { dimension: Dimension::City, name: "city", label: "City", synonyms: &["town"], definition: "The city as the source spells it." },
    DimensionEntry {
        dimension: Dimension::Channel,
        name: "channel",
        label: "Channel",
        synonyms: &["online or offline"],
        definition: "Online (web shop, marketplace) or offline (till, wholesale).",
    },
    DimensionEntry {
        dimension: Dimension::Source,
        name: "source",
        label: "Source",
        synonyms: &["origin", "vendor"],
        definition: "Which export or till the rows came from.",
    },
    DimensionEntry {
        dimension: Dimension::Weekday,
        name: "weekday",
        label: "Weekday",
        synonyms: &["day of week"],
        definition: "The day of the week of the order, 1 for Monday.",
    },
    DimensionEntry {
        dimension: Dimension::Hour,
        name: "hour",
        label: "Hour",
        synonyms: &["hour of day", "time of day"],
        definition: "The hour of the order in the shop's time zone, 0 to 23.",
    },
    DimensionEntry { dimension: Dimension::Currency, name: "currency", label: "Currency", synonyms: &[], definition: "The currency of the order." },
];

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

            /// The one of a name or synonym; otherwise a sentence with the nearest name.
            pub fn parse(text: &str) -> Result<Self, String> {
                let wanted = text.trim().to_lowercase().replace(['-', ' '], "_");
                let is_match = |entry: &&$entry| entry.name == wanted || entry.synonyms.iter().any(|synonym| synonym.replace(' ', "_") == wanted);
                if let Some(entry) = $table.iter().find(is_match) {
                    return Ok(entry.$field);
                }
                let nearest = $table.iter().min_by_key(|entry| edit_distance(entry.name, &wanted)).map_or("", |entry| entry.name);
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

/// Levenshtein's distance, for "did you mean".
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substitution = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substitution.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_synonyms_are_unique_and_read_back() {
        let mut seen = std::collections::BTreeSet::new();
        for entry in MEASURES {
            assert_eq!(Measure::parse(entry.name), Ok(entry.measure));
            assert!(seen.insert(entry.name.replace('_', " ")));
            for synonym in entry.synonyms {
                assert!(seen.insert((*synonym).to_owned()), "{synonym} stands twice");
                assert_eq!(Measure::parse(synonym), Ok(entry.measure));
            }
        }
        for entry in DIMENSIONS {
            assert_eq!(Dimension::parse(entry.name), Ok(entry.dimension));
        }
    }

    #[test]
    fn an_unknown_name_comes_with_the_nearest() {
        assert!(Measure::parse("net_sale").is_err_and(|sentence| sentence.contains("nearest is “net_sales”")));
        assert!(Dimension::parse("contry").is_err_and(|sentence| sentence.contains("nearest is “country”")));
    }
}
