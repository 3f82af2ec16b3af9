//! What a person should know of an import, a sentence each.

use crate::sources::store::Totals;
use domain::format::{agreeing, counted};
use domain::sources::{FileKind, UploadMode};

/// The remarks of a stored file, after those of its reading.
pub(super) fn remarks(totals: &Totals, kind: FileKind, shop_currency: &str) -> Vec<String> {
    if !matches!(kind, FileKind::Orders | FileKind::SellOut | FileKind::Refunds) {
        return of_facts(totals);
    }
    let mut remarks = Vec::new();
    if totals.told_less > 0 {
        let orders = counted(totals.told_less, "order of this file is", "orders of this file are");
        remarks.push(format!(
            "{orders} there already with products, from another list of the same sales, and stayed as that list tells {}: nothing counts twice.",
            agreeing(totals.told_less, "it", "them")
        ));
    }
    if totals.held > 0 {
        let orders =
            counted(totals.held, "order of this file is there already, but rows of it", "orders of this file are there already, but rows of them");
        let they = agreeing(totals.held, "it stayed as it was", "they stayed as they were");
        remarks.push(format!("{orders} could not be read: {they}. Mend those rows and bring the file again."));
    }
    let stayed = totals.told_less + totals.held;
    if totals.accepted == 0 && stayed == 0 {
        remarks.push("Every order in this file was there already, unchanged; the figures are as before.".to_owned());
    } else if totals.duplicate > 0 && stayed == 0 {
        let rows = counted(totals.duplicate, "row belongs", "rows belong");
        let they = agreeing(totals.duplicate, "it was", "they were");
        remarks.push(format!("{rows} to orders that were there already, unchanged; {they} not counted again."));
    }
    if totals.orders_updated > 0 {
        let orders = counted(totals.orders_updated, "order was", "orders were");
        let (differ, they) = (agreeing(totals.orders_updated, "differs", "differ"), agreeing(totals.orders_updated, "it was", "they were"));
        remarks.push(format!("{orders} there already and {differ} in this file; {they} replaced."));
    }
    remarks.extend(of_refunds(totals, kind));
    for other in totals.by_currency.values().filter(|totals| totals.currency.code() != shop_currency) {
        let (orders, code) = (counted(other.orders, "order", "orders"), other.currency.code());
        let rows = counted(other.rows, "row", "rows");
        let (are, they) = (agreeing(other.orders, "is", "are"), agreeing(other.orders, "it is", "they are"));
        remarks.push(format!(
            "{orders} ({rows}) {are} in {code}, not in the shop's {shop_currency}; {they} kept in {code}, never converted, and left out of {shop_currency} figures."
        ));
    }
    remarks
}

/// What came of refunds that a file of refunds and the orders' export tell.
fn of_refunds(totals: &Totals, kind: FileKind) -> Vec<String> {
    let mut remarks = Vec::new();
    let count = totals.refunds_told_twice;
    if count > 0 {
        let (refunds, are) = (counted(count, "refund", "refunds"), agreeing(count, "is", "are"));
        remarks.push(match kind {
            FileKind::Refunds => {
                format!("{refunds} of this file {} in the orders' export already and {are} counted once.", agreeing(count, "was", "were"))
            }
            _ => format!("{refunds} of a file of refunds {are} in this export too and {are} counted once."),
        });
    }
    let count = totals.refunds_unclear;
    if count > 0 {
        let refunds = counted(count, "refund names", "refunds name");
        remarks.push(format!(
            "{refunds} an order number that several sources have, and the export of one of them tells refunds: if these are the same, they count twice. Give both uploads the same source name."
        ));
    }
    remarks
}

/// What came of a file that does something else than to add and update.
pub(super) fn of_mode(totals: &Totals, kind: FileKind, mode: UploadMode) -> Vec<String> {
    let is_sales = matches!(kind, FileKind::Orders | FileKind::SellOut | FileKind::Refunds);
    let counted = |count: i64| if is_sales { counted(count, "order", "orders") } else { counted(count, "entry", "entries") };
    match mode {
        UploadMode::Append if totals.left > 0 => {
            vec![format!(
                "{} of this file {}, because this file only adds.",
                counted(totals.left),
                agreeing(totals.left, "is there already and differs; it stayed as it was", "are there already and differ; they stayed as they were")
            )]
        }
        UploadMode::ReplacePeriod if totals.days.is_none() => {
            vec!["This kind of file has no days, so no period was replaced; it was added and updated.".to_owned()]
        }
        UploadMode::ReplacePeriod if totals.is_unreplaced => {
            let rows = "rows of this file could not be read, and what it seems to lack may stand there";
            vec![format!("Nothing was removed: {rows}; it was added and updated. Mend those rows and bring the file again.")]
        }
        UploadMode::ReplacePeriod if totals.removed > 0 => {
            let are = agreeing(totals.removed, "is not in the file; it was", "are not in the file; they were");
            vec![format!("{} of this source in the file's days {are} removed.", counted(totals.removed))]
        }
        _ => Vec::new(),
    }
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
