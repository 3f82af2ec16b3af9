//! Amounts of one meaning that a vendor spreads over several columns: fees by their kind, credits by theirs. Its file says which.

use super::vendor::{Export, VENDORS};
use crate::ingestion::headings;
use domain::sources::{ColumnMeaning, Mapping, ValueType};
use std::collections::BTreeMap;

/// Where the columns stand that are added to those of meanings: as the export says, else as any vendor's that has such a column.
pub(in crate::ingestion) fn addends(headers: &[String], mapping: &Mapping, export: Option<&Export>) -> BTreeMap<ColumnMeaning, Vec<usize>> {
    let exports = || VENDORS.iter().flat_map(|vendor| &vendor.exports).filter(|any| export.is_none_or(|own| std::ptr::eq(own, *any)));
    let is_mapped = |header: &String| mapping.columns.values().any(|mapped| mapped == header);
    let added = |header: &String| {
        let first = headings::key(header);
        let lists = exports().flat_map(|export| &export.sums).filter(|(name, _)| headings::key(name) == first);
        let names: Vec<String> = lists.flat_map(|(_, others)| others).map(|name| headings::key(name)).collect();
        let free = headers.iter().enumerate().filter(|(_, header)| !is_mapped(header));
        free.filter(|(_, header)| names.contains(&headings::key(header))).map(|(position, _)| position).collect::<Vec<_>>()
    };
    let money = mapping.columns.iter().filter(|(meaning, _)| meaning.value_type() == ValueType::Money);
    money.map(|(meaning, header)| (*meaning, added(header))).filter(|(_, others)| !others.is_empty()).collect()
}
