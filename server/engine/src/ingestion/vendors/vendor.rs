//! A vendor's exports, read from its file.

use domain::sources::{Channel, ColumnMeaning, DateOrder, FileKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A vendor with the files it exports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ingestion) struct Vendor {
    /// The word in `uploads.vendor`.
    pub vendor: String,
    /// What people read.
    pub name: String,
    /// Its kinds of files.
    pub exports: Vec<Export>,
}

/// One kind of file that a vendor exports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ingestion) struct Export {
    /// What people read.
    pub name: String,
    /// What its rows are.
    pub kind: FileKind,
    /// Tells it from other exports of the same vendor and kind.
    pub key: Option<String>,
    /// Where its orders are made.
    #[serde(default = "online")]
    pub channel: Channel,
    /// Order-level values stand only on an order's first row.
    #[serde(default)]
    pub order_values_on_first_row: bool,
    /// The column that every row of an item fills, where an order of several has a row above theirs that sums it up: the first that a file has.
    #[serde(default)]
    pub(super) item_columns: Vec<String>,
    /// Order-level values stand on each row as its own part.
    #[serde(default)]
    pub order_values_add_up: bool,
    /// In which order its dates stand where the file itself does not tell.
    pub date_order: Option<DateOrder>,
    /// Whether a comma stands before its decimals where the file itself does not tell; absent where that follows its user's country.
    pub decimal_comma: Option<bool>,
    /// The discount of a line is off its amount already.
    #[serde(default)]
    pub line_amount_is_net: bool,
    /// What its columns mean: the first of the names that a file has. Columns of stock may be one a place: their name ends with `*` where the
    /// place's name follows, and `*` alone is every column that no other name of the export is of.
    pub columns: BTreeMap<ColumnMeaning, Vec<String>>,
    /// What the words of its status columns mean.
    #[serde(default)]
    pub(super) statuses: BTreeMap<String, StatusWords>,
    /// Words of its columns that say that the row's money went out, whatever sign stands at it.
    #[serde(default)]
    pub(super) outgoing: BTreeMap<String, Vec<String>>,
    /// What its movements of money are, where no column says it.
    pub movement_kind: Option<String>,
    /// The time zone of its dates, where no header says it.
    pub time_zone: Option<String>,
    /// The column that names each row's time zone.
    pub time_zone_column: Option<String>,
    /// Columns of amounts, each with those that are added to it.
    #[serde(default)]
    pub sums: BTreeMap<String, Vec<String>>,
    /// Words that stand for none at all in its columns of stock, in any case.
    #[serde(default)]
    pub no_stock: Vec<String>,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// Its headers, one list a generation. A name may end with `*` where a warehouse's or channel's name follows, and
    /// `*` alone stands for any names.
    pub headers: Vec<Vec<String>>,
}

/// Words of a status column, in any case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StatusWords {
    /// The whole order was cancelled.
    pub cancelled: Vec<String>,
    /// The row came to nothing: it failed, or was denied or taken back.
    pub void: Vec<String>,
    /// It is not paid yet.
    pub pending: Vec<String>,
    /// It only tells of something, and moved no money.
    pub memo: Vec<String>,
    /// The row was sold, and its money given back.
    pub returned: Vec<String>,
    /// The row stands among its order's lines and is none: a payment, a parcel.
    pub aside: Vec<String>,
}

impl Vendor {
    /// Files with the same key are one source; a vendor's orders are its first.
    pub(in crate::ingestion) fn source_key(&self, export: &Export) -> String {
        match (&export.key, export.kind) {
            (Some(key), _) => format!("{}:{key}", self.vendor),
            (None, FileKind::Orders) => self.vendor.clone(),
            (None, kind) => format!("{}:{}", self.vendor, kind.as_str()),
        }
    }
}

fn online() -> Channel {
    Channel::Online
}

const FILES: &[&str] = include!(concat!(env!("OUT_DIR"), "/vendor_files.rs"));

pub(super) static VENDORS: LazyLock<Vec<Vendor>> =
    LazyLock::new(|| FILES.iter().map(|file| serde_json::from_str(file).expect("a test reads every vendor's file")).collect());

/// What people call the vendor of a word in `uploads.vendor`; the word itself where it is none of ours any more.
pub fn vendor_name(word: &str) -> &str {
    VENDORS.iter().find(|vendor| vendor.vendor == word).map_or(word, |vendor| vendor.name.as_str())
}

/// The word for what the movements of a file are, where its export says so and no column does.
pub fn movement_word(headers: &[String]) -> Option<&'static str> {
    super::decide(headers).named.and_then(|(_, export)| export.movement_kind.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::headings;
    use domain::sources::Mapping;
    use std::collections::BTreeSet;

    #[test]
    fn every_export_maps_what_its_kind_needs() {
        for vendor in VENDORS.iter() {
            for export in &vendor.exports {
                let columns = export.columns.iter().map(|(meaning, names)| (*meaning, names[0].clone())).collect();
                let mapping = Mapping { columns, kind: export.kind, ..Mapping::default() };
                assert_eq!(mapping.missing(), Vec::<&str>::new(), "{}", export.name);
            }
        }
    }

    /// Of a vendor that lists the same orders twice, once by their products and once as sums, both lists are one source: what they tell of
    /// an order then meets.
    #[test]
    fn no_two_exports_are_one_source_but_lists_of_the_same_orders() {
        let names_products = |export: &Export| [ColumnMeaning::Sku, ColumnMeaning::ProductName].iter().any(|name| export.columns.contains_key(name));
        let keys = VENDORS.iter().flat_map(|vendor| vendor.exports.iter().map(move |export| (vendor.source_key(export), names_products(export))));
        let keys: Vec<(String, bool)> = keys.collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
        let shared = keys.iter().filter(|(key, names)| !names && keys.contains(&(key.clone(), true))).map(|(key, _)| key.as_str());
        assert_eq!(shared.collect::<Vec<_>>(), ["etsy", "shopware", "square", "toast", "woocommerce", "woocommerce:webtoffee"]);
    }

    #[test]
    fn only_orders_have_rows_that_were_returned() {
        let exports = VENDORS.iter().flat_map(|vendor| &vendor.exports);
        for export in exports.filter(|export| export.statuses.values().any(|words| !words.returned.is_empty())) {
            assert_eq!(export.kind, FileKind::Orders, "{}", export.name);
        }
    }

    #[test]
    fn rows_that_sum_up_orders_are_their_first_rows() {
        let exports = VENDORS.iter().flat_map(|vendor| &vendor.exports).filter(|export| !export.item_columns.is_empty());
        for export in exports {
            assert!(export.kind == FileKind::Orders && export.order_values_on_first_row, "{}", export.name);
        }
    }

    #[test]
    fn what_an_export_says_of_its_columns_is_about_columns_that_it_has() {
        for export in VENDORS.iter().flat_map(|vendor| &vendor.exports) {
            let names: BTreeSet<String> = export.headers.iter().flatten().map(|name| headings::key(name)).collect();
            let sums = export.sums.iter().flat_map(|(first, others)| others.iter().chain([first]));
            let told = export.statuses.keys().chain(export.outgoing.keys()).chain(&export.time_zone_column).chain(&export.item_columns);
            for name in told.chain(sums) {
                assert!(names.contains(&headings::key(name)), "{} has no {name}", export.name);
            }
            let mapped: Vec<String> = export.columns.values().flatten().map(|name| headings::key(name)).collect();
            assert!(export.sums.keys().all(|first| mapped.contains(&headings::key(first))), "{}", export.name);
            let zone = export.time_zone.as_deref().map(crate::ingestion::date_parts::zone_named);
            assert!(zone.is_none_or(|zone| zone.is_some()), "{}", export.name);
        }
    }
}
