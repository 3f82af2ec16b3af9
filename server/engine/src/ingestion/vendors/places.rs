//! Stock in several columns, one a warehouse, outlet or location: which of a file's columns they are, and after which place each is named.

use super::vendor::{Export, VENDORS};
use crate::ingestion::cells::TEXT_BYTES;
use crate::ingestion::headings;
use domain::sources::{ColumnMeaning, FileKind, Mapping};
use std::collections::BTreeSet;

/// A column with the stock of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingestion) struct StockColumn {
    /// Where it stands in the file.
    pub position: usize,
    /// The place it is named after; several columns of a file never have the same.
    pub place: String,
}

/// The columns of stock, one a place; none where stock stands in one column that names no place, or each row names its own. Which they are says
/// the mapping, else the export, or any vendor's that has such a column. What no vendor is known to write before a place is part of its name.
pub(in crate::ingestion) fn stock_columns(headers: &[String], mapping: &Mapping, export: Option<&Export>) -> Vec<StockColumn> {
    let is_by_row = mapping.columns.contains_key(&ColumnMeaning::Location);
    let keeps_stock = matches!(mapping.kind, FileKind::Products | FileKind::Inventory);
    let Some(first) = mapping.columns.get(&ColumnMeaning::Stock).filter(|_| keeps_stock && !is_by_row) else { return Vec::new() };
    let exports = VENDORS.iter().flat_map(|vendor| &vendor.exports).filter(|any| export.is_none_or(|own| std::ptr::eq(own, *any)));
    let names = exports.flat_map(|any| any.columns.get(&ColumnMeaning::Stock).into_iter().flatten().map(move |name| (any, name)));
    let mut found = names.filter(|(_, name)| export.is_some() || *name != "*").map(|(any, name)| open_columns(name, headers, any));
    let found = found.find(|found| found.iter().any(|column| headers[column.position] == *first)).unwrap_or_default();
    if mapping.further_stock.is_empty() {
        let is_other = |header: &String| mapping.columns.iter().any(|(meaning, mapped)| *meaning != ColumnMeaning::Stock && mapped == header);
        return found.into_iter().filter(|column| !is_other(&headers[column.position])).collect();
    }
    let positions = [first].into_iter().chain(&mapping.further_stock).filter_map(|mapped| headers.iter().position(|header| header == mapped));
    let positions: BTreeSet<usize> = positions.collect();
    let place = |position: usize| {
        let known = found.iter().find(|column| column.position == position);
        (position, known.map_or_else(|| headers[position].trim().to_owned(), |column| column.place.clone()))
    };
    told_apart(positions.into_iter().map(place))
}

/// The columns that an open name such as `Stok:*` stands for, each with what stands in place of the `*`; none for other names.
pub(in crate::ingestion) fn open_columns(name: &str, headers: &[String], export: &Export) -> Vec<StockColumn> {
    let columns: Vec<(usize, String)> = match name.strip_suffix('*') {
        None => Vec::new(),
        Some("") => rest(headers, export).into_iter().map(|position| (position, headers[position].trim().to_owned())).collect(),
        Some(start) => headers.iter().enumerate().filter_map(|(position, header)| Some((position, headings::behind(start, header)?))).collect(),
    };
    told_apart(columns.into_iter())
}

/// Each with a place of its own, told apart by where its column stands if need be; what is too long for a place is none's.
fn told_apart(columns: impl Iterator<Item = (usize, String)>) -> Vec<StockColumn> {
    let mut taken = BTreeSet::new();
    let columns = columns.filter(|(_, place)| place.len() <= TEXT_BYTES);
    let column = |(position, place): (usize, String)| {
        let is_new = taken.insert(place.clone());
        StockColumn { position, place: if is_new { place } else { format!("{place} ({})", position + 1) } }
    };
    columns.map(column).collect()
}

/// The columns that `*` alone stands for: all that an export does not name, where the file has just the columns of a generation with that name.
pub(super) fn rest(headers: &[String], export: &Export) -> Vec<usize> {
    let closed = |names: &[String]| names.iter().filter(|name| !name.ends_with('*')).map(|name| headings::key(name)).collect::<BTreeSet<_>>();
    let all: BTreeSet<String> = export.headers.iter().flat_map(|names| closed(names)).collect();
    let keys: Vec<String> = headers.iter().map(|header| headings::key(header)).collect();
    let named: BTreeSet<String> = keys.iter().filter(|key| all.contains(*key)).cloned().collect();
    let mut open = export.headers.iter().filter(|names| names.iter().any(|name| name == "*"));
    if !open.any(|names| closed(names) == named) {
        return Vec::new();
    }
    (0..headers.len()).filter(|position| !named.contains(&keys[*position]) && !is_unnamed(&headers[*position], *position)).collect()
}

/// Whether a column has no name of its own, so that it was given one by where it stands.
fn is_unnamed(header: &str, position: usize) -> bool {
    header == format!("column {}", position + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::vendors::decide;

    fn found(header: &str, kind: FileKind, stock: &str, by_vendor: bool) -> Vec<(usize, String)> {
        let headers: Vec<String> = header.split(',').map(str::to_owned).collect();
        let mapping = Mapping { columns: [(ColumnMeaning::Stock, stock.to_owned())].into(), kind, ..Mapping::default() };
        let export = decide(&headers).named.map(|(_, export)| export);
        assert_eq!(export.is_some(), by_vendor, "{header}");
        stock_columns(&headers, &mapping, export).into_iter().map(|column| (column.position, column.place)).collect()
    }

    fn told(columns: &[(usize, &str)]) -> Vec<(usize, String)> {
        columns.iter().map(|(position, place)| (*position, (*place).to_owned())).collect()
    }

    #[test]
    fn the_columns_of_a_vendor_are_those_that_begin_alike_whoever_has_the_file() {
        let header = "SKU,Stok:Ana Depo,STOK: Şube 2 ,Stok Kodu,Stok:,Ad";
        assert_eq!(found(header, FileKind::Products, "Stok:Ana Depo", false), told(&[(1, "Ana Depo"), (2, "Şube 2")]));
        assert_eq!(found(header, FileKind::Products, "Stok Kodu", false), []);
        assert_eq!(found(header, FileKind::Orders, "Stok:Ana Depo", false), []);
        let twice = "sku,inventory_Main_Outlet,inventory_ Main_Outlet,reorder_point_Main_Outlet";
        let places = told(&[(1, "Main_Outlet"), (2, "Main_Outlet (3)")]);
        assert_eq!(found(twice, FileKind::Inventory, "inventory_Main_Outlet", false), places);
        // UTF-8 that was read as Windows-1252 on the way.
        assert_eq!(found("SKU,Stok:Åžube", FileKind::Products, "Stok:Åžube", false), told(&[(1, "Şube")]));
    }

    #[test]
    fn columns_that_were_mapped_are_places_of_their_whole_names() {
        let headers: Vec<String> = "SKU,Left, Right ,Stok:Ana Depo,Right".split(',').map(str::to_owned).collect();
        let columns = [(ColumnMeaning::Stock, "Left".to_owned())].into();
        let mapping =
            Mapping { columns, further_stock: [" Right ", "Right"].map(str::to_owned).into(), kind: FileKind::Inventory, ..Mapping::default() };
        let places =
            |mapping: &Mapping| stock_columns(&headers, mapping, None).into_iter().map(|column| (column.position, column.place)).collect::<Vec<_>>();
        assert_eq!(places(&mapping), told(&[(1, "Left"), (2, "Right"), (4, "Right (5)")]));
        assert_eq!(places(&Mapping { further_stock: Vec::new(), ..mapping }), [], "one column names no place");
    }

    #[test]
    fn columns_of_locations_are_what_an_old_inventory_does_not_name_otherwise() {
        let named = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO";
        let header = format!("{named},Leeds,column 13, York ");
        assert_eq!(found(&header, FileKind::Inventory, "Leeds", true), told(&[(11, "Leeds"), (13, "York")]));
        let by_row = format!("{named},Location,Bin name,Leeds,On hand (current)");
        assert_eq!(found(&by_row, FileKind::Inventory, "Leeds", true), [], "each row names its location");
    }
}
