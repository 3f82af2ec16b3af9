//! A vendor's export, read from its file.

use domain::sources::{Channel, ColumnMeaning};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One vendor's export.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ingestion) struct Vendor {
    /// The word in `uploads.vendor`.
    pub vendor: String,
    /// What people read.
    pub name: String,
    /// All of these columns must be there.
    pub signature: Vec<String>,
    /// None of these may be: they belong to a near-twin.
    pub foreign: Vec<String>,
    /// What the columns mean; those that a file lacks are left out.
    pub columns: BTreeMap<ColumnMeaning, String>,
    /// Order-level values stand only on an order's first row.
    #[serde(default)]
    pub order_values_on_first_row: bool,
    /// Where its orders are made.
    pub channel: Channel,
    /// What a person should know.
    pub remarks: Vec<String>,
}

const FILES: [&str; 5] = [
    include_str!("shopify_orders.json"),
    include_str!("squarespace_orders.json"),
    include_str!("etsy_sold_items.json"),
    include_str!("amazon_all_orders.json"),
    include_str!("trendyol_orders.json"),
];

static VENDORS: LazyLock<Vec<Vendor>> =
    LazyLock::new(|| FILES.iter().map(|file| serde_json::from_str(file).expect("a test reads every vendor's file")).collect());

/// The only vendor whose signature these headers carry.
pub(in crate::ingestion) fn recognise(headers: &[String]) -> Option<&'static Vendor> {
    let has = |name: &String| headers.iter().any(|header| header.trim().to_lowercase() == name.to_lowercase());
    let mut matching = VENDORS.iter().filter(|vendor| vendor.signature.iter().all(has) && !vendor.foreign.iter().any(has));
    let first = matching.next()?;
    matching.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendor_file_reads_and_maps_what_a_sale_needs() {
        for vendor in VENDORS.iter() {
            for meaning in [ColumnMeaning::OrderNumber, ColumnMeaning::OrderedAt] {
                assert!(vendor.columns.contains_key(&meaning), "{}", vendor.vendor);
            }
            assert!(vendor.signature.len() >= 4, "{}", vendor.vendor);
        }
    }
}
