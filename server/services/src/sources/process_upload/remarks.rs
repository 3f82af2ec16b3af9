//! What a person should know of an import, a sentence each.

use crate::sources::store::Totals;
use domain::format::counted;
use domain::sources::FileKind;

/// The remarks of a stored file, after those of its reading.
pub(super) fn remarks(totals: &Totals, kind: FileKind, shop_currency: &str) -> Vec<String> {
    if !matches!(kind, FileKind::Orders | FileKind::SellOut | FileKind::Refunds) {
        return of_facts(totals);
    }
    let mut remarks = Vec::new();
    if totals.accepted == 0 {
        remarks.push("Every order in this file was there already, unchanged; the figures are as before.".to_owned());
    } else if totals.duplicate > 0 {
        let rows = counted(totals.duplicate, "row belongs", "rows belong");
        remarks.push(format!("{rows} to orders that were there already, unchanged; they were not counted again."));
    }
    if totals.orders_updated > 0 {
        let orders = counted(totals.orders_updated, "order was", "orders were");
        remarks.push(format!("{orders} there already and differ in this file; they were replaced."));
    }
    for other in totals.by_currency.values().filter(|totals| totals.currency.code() != shop_currency) {
        let (orders, code) = (counted(other.orders, "order", "orders"), other.currency.code());
        let rows = counted(other.rows, "row", "rows");
        remarks.push(format!(
            "{orders} ({rows}) are in {code}, not in the shop's {shop_currency}; they are kept in {code}, never converted, and left out of {shop_currency} figures."
        ));
    }
    remarks
}

/// The remarks of a file that brings no sales.
fn of_facts(totals: &Totals) -> Vec<String> {
    let mut remarks = Vec::new();
    if totals.accepted == 0 {
        remarks.push("All that this file tells was known already; nothing changed.".to_owned());
    } else if totals.duplicate > 0 {
        let rows = counted(totals.duplicate, "row tells", "rows tell");
        remarks.push(format!("{rows} what was known already."));
    }
    if totals.orders_updated > 0 {
        let entries = counted(totals.orders_updated, "entry was", "entries were");
        remarks.push(format!("{entries} there already and took what this file tells."));
    }
    remarks
}
