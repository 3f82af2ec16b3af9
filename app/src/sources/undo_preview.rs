//! What an undo would do, in words and figures.

use crate::ui::Icon;
use domain::sources::{FileKind, NetSalesChange, OrderChange, UndoPart, UndoPreview, UndoThing};
use domain::{Money, format};
use leptos::prelude::*;

/// What goes, what becomes as before, what comes back, what stays; net sales now and then; the first orders that change.
#[component]
pub(super) fn Foretold(preview: UndoPreview) -> impl IntoView {
    let UndoPreview { upload, parts, net_sales, changes } = preview;
    let said = parts.iter().flat_map(|part| said(*part, upload.kind)).map(|(icon, words)| {
        view! {
            <li>
                <Icon name=icon />
                <span>{words}</span>
            </li>
        }
    });
    let said = said.collect_view();
    let is_empty = parts.is_empty();
    // A store's total or a refund has no number that a person would know.
    let changes = if upload.kind == FileKind::Orders { changes } else { Vec::new() };
    view! {
        {is_empty.then(|| view! { <p>"Nothing in your figures comes from this upload. It is only marked as undone."</p> })}
        {(!is_empty).then(|| view! { <ul class="undo-parts">{said}</ul> })}
        {(!net_sales.is_empty()).then(|| view! { <NetSales net_sales /> })}
        {(!changes.is_empty()).then(|| view! { <Changes changes /> })}
        <p class="undo-note">"What other files brought stays, and you can bring this file again."</p>
    }
}

#[component]
fn NetSales(net_sales: Vec<NetSalesChange>) -> impl IntoView {
    let changes = net_sales.into_iter().map(|NetSalesChange { now, then }| {
        view! {
            <dd>
                <span>{format::money(now)}</span>
                <Icon name="arrow-right" />
                <span class="visually-hidden">" becomes "</span>
                <strong>{format::money(then)}</strong>
            </dd>
        }
    });
    view! {
        <dl class="undo-sales">
            <dt>"Your net sales of all days"</dt>
            {changes.collect_view()}
        </dl>
    }
}

#[component]
fn Changes(changes: Vec<OrderChange>) -> impl IntoView {
    let rows = changes.into_iter().map(|OrderChange { number, now, then }| {
        view! {
            <tr>
                <th scope="row">{number}</th>
                <td class="number">{amount(now, "not there")}</td>
                <td class="number">{amount(then, "goes")}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="undo-changes">
            <summary>"Some of the orders"</summary>
            <table class="table">
                <caption class="visually-hidden">"Some of the orders, now and then"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Order"</th>
                        <th scope="col" class="number">"Now"</th>
                        <th scope="col" class="number">"Then"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

fn amount(amount: Option<Money>, otherwise: &'static str) -> String {
    amount.map_or_else(|| otherwise.to_owned(), format::money)
}

/// A part in sentences, each with its icon.
fn said(part: UndoPart, kind: FileKind) -> Vec<(&'static str, String)> {
    let UndoPart { thing, removed, restored, returned, kept } = part;
    let sentence = |icon, count: i64, one: &str, many: &str| {
        (count > 0).then(|| (icon, format!("{} {}.", counted(thing, kind, count), if count == 1 { one } else { many })))
    };
    [
        sentence("trash-2", removed, "goes", "go"),
        sentence("undo-2", restored, "becomes as it was without this file", "become as they were without this file"),
        sentence("plus", returned, "that this file had replaced comes back", "that this file had replaced come back"),
        sentence("check", kept, "stays: other files tell it too", "stay: other files tell them too"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Refunds and stores' totals are kept among the orders; a person knows them by their own names.
fn counted(thing: UndoThing, kind: FileKind, count: i64) -> String {
    match (thing, kind) {
        (UndoThing::Orders, FileKind::Refunds) => format::counted(count, "refund", "refunds"),
        (UndoThing::Orders, FileKind::SellOut) => format::counted(count, "total of a period", "totals of a period"),
        _ => thing.counted(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_said_with_its_count() {
        let words = |part, kind| said(part, kind).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        let part = UndoPart { thing: UndoThing::Orders, removed: 1_204, restored: 2, returned: 1, kept: 0 };
        assert_eq!(
            words(part, FileKind::Orders),
            ["1,204 orders go.", "2 orders become as they were without this file.", "1 order that this file had replaced comes back."]
        );
        let stays = UndoPart { thing: UndoThing::Products, removed: 0, restored: 0, returned: 0, kept: 1 };
        assert_eq!(words(stays, FileKind::Orders), ["1 product stays: other files tell it too."]);
        assert_eq!(words(UndoPart { removed: 1, ..stays }, FileKind::SellOut).len(), 2);
        assert_eq!(counted(UndoThing::Orders, FileKind::SellOut, 3), "3 totals of a period");
    }
}
