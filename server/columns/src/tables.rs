//! Which tables and columns the copy holds: those that questions read, under the names they have in the database.

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// What a column holds. Every column may be empty, so that no schema differs from another by a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// A whole number of 32 bits: days, months, small ids.
    Small,
    /// Whether it is so.
    Flag,
    /// A text.
    Text,
}

/// A table of the copy.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, here and in the database.
    pub name: &'static str,
    /// Its columns without the merchant's id, which the folder's name holds.
    pub columns: &'static [(&'static str, Kind)],
    /// Whether it has a file a month, found by its column `day`; other tables are one file.
    pub by_month: bool,
    /// The order of its rows.
    pub sorted_by: &'static str,
}

use Kind::{Flag, Int, Small, Text};

/// Every table of the copy.
pub const TABLES: &[Table] = &[
    Table {
        name: "orders",
        columns: &[
            ("id", Int),
            ("source_id", Small),
            ("external_id", Text),
            ("day", Small),
            ("month", Small),
            ("hour", Small),
            ("currency", Text),
            ("country", Text),
            ("city", Text),
            ("store", Text),
            ("customer_id", Int),
            ("channel", Small),
            ("total_minor", Int),
            ("net_minor", Int),
            ("gross_minor", Int),
            ("units_milli", Int),
            ("is_sale", Flag),
            ("shipping_minor", Int),
            ("tax_minor", Int),
            ("discount_minor", Int),
            ("fee_minor", Int),
            ("discount_code", Text),
            ("payment_method", Text),
            ("is_test", Flag),
            ("is_aggregate", Flag),
        ],
        by_month: true,
        sorted_by: "day, id",
    },
    Table {
        name: "order_lines",
        columns: &[
            ("day", Small),
            ("order_id", Int),
            ("line", Small),
            ("month", Small),
            ("hour", Small),
            ("source_id", Small),
            ("channel", Small),
            ("product_id", Int),
            ("customer_id", Int),
            ("currency", Text),
            ("country", Text),
            ("store", Text),
            ("quantity_milli", Int),
            ("amount_minor", Int),
            ("discount_minor", Int),
            ("is_aggregate", Flag),
        ],
        by_month: true,
        sorted_by: "day, order_id, line",
    },
    Table {
        name: "money_movements",
        columns: &[
            ("source_id", Small),
            ("day", Small),
            ("month", Small),
            ("currency", Text),
            ("kind", Text),
            ("order_number", Text),
            ("product_id", Int),
            ("fee_minor", Int),
            ("amount_minor", Int),
        ],
        by_month: false,
        sorted_by: "day, source_id, key",
    },
    Table {
        name: "ad_spend",
        columns: &[("source_id", Small), ("day", Small), ("month", Small), ("currency", Text), ("spend_minor", Int)],
        by_month: false,
        sorted_by: "day, source_id, campaign, ad_group, currency",
    },
    Table {
        name: "inventory_levels",
        columns: &[("product_id", Int), ("source_id", Small), ("location", Text), ("quantity_milli", Int)],
        by_month: false,
        sorted_by: "product_id, source_id, location",
    },
    Table {
        name: "products",
        columns: &[
            ("id", Int),
            ("sku", Text),
            ("title", Text),
            ("category", Text),
            ("brand", Text),
            ("variant", Text),
            ("cost_minor", Int),
            ("currency", Text),
            ("is_product", Flag),
        ],
        by_month: false,
        sorted_by: "id",
    },
    Table { name: "customers", columns: &[("id", Int), ("external_id", Text), ("email", Text), ("name", Text)], by_month: false, sorted_by: "id" },
    Table { name: "sources", columns: &[("id", Small), ("name", Text), ("channel", Small)], by_month: false, sorted_by: "id" },
];

impl Table {
    /// The table of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// Its columns as Arrow sees them.
    pub(crate) fn schema(&self) -> SchemaRef {
        let field = |(name, kind): &(&str, Kind)| {
            let data_type = match kind {
                Int => DataType::Int64,
                Small => DataType::Int32,
                Flag => DataType::Boolean,
                Text => DataType::Utf8View,
            };
            Field::new(*name, data_type, true)
        };
        Arc::new(Schema::new(self.columns.iter().map(field).collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_found_by_its_name_and_those_by_month_have_a_day() {
        for table in TABLES {
            assert_eq!(Table::named(table.name), Some(table));
            assert!(!table.by_month || table.columns.contains(&("day", Kind::Small)), "{}", table.name);
        }
    }
}
