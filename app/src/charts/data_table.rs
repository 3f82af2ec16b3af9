//! The table behind a picture.

use super::ChartFilter;
use crate::ui::Icon;
use domain::charts::TableData;
use domain::question::ColumnKind;
use domain::semantic::Dimension;
use leptos::prelude::*;

/// A table of figures. Where the picture filters by a click, so does a button in each row.
#[component]
pub fn DataTable(
    /// Read aloud before the table.
    #[prop(into)]
    caption: String,
    table: TableData,
    #[prop(optional_no_strip)] filter: Option<ChartFilter>,
    /// Values that are filtered by now.
    #[prop(optional)]
    active: Vec<String>,
    #[prop(optional_no_strip)] on_filter: Option<Callback<(Dimension, String)>>,
) -> impl IntoView {
    let heads =
        table.columns.iter().map(|column| view! { <th scope="col" class:number=is_number(column.kind)>{column.title.clone()}</th> }).collect_view();
    // Rows that are not one a category (a heat map's) have no value of their own to filter by.
    let filter = filter.filter(|filter| filter.values.len() == table.rows.len());
    let rows = table.rows.iter().enumerate().map(|(index, row)| {
        let value = filter.as_ref().and_then(|filter| Some((filter.dimension, filter.value(index)?.to_owned())));
        let cells = row.iter().zip(&table.columns).enumerate().map(|(column, (cell, kind))| {
            let text = table.text(column, cell);
            match (column, &value, on_filter) {
                (0, Some((dimension, value)), Some(on_filter)) => {
                    let pressed = active.contains(value);
                    view! { <th scope="row"><FilterButton text dimension=*dimension value=value.clone() pressed on_filter /></th> }.into_any()
                }
                (0, _, _) => view! { <th scope="row">{text}</th> }.into_any(),
                _ => view! { <td class:number=is_number(kind.kind)>{text}</td> }.into_any(),
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let region = caption.clone();
    view! {
        <div class="table-scroll chart-table" role="region" aria-label=region tabindex="0">
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn FilterButton(text: String, dimension: Dimension, value: String, pressed: bool, on_filter: Callback<(Dimension, String)>) -> impl IntoView {
    let tip = if pressed { "Take this filter off" } else { "Show only this" };
    view! {
        <button
            type="button"
            class="row-filter"
            title=tip
            aria-pressed=if pressed { "true" } else { "false" }
            on:click=move |_| on_filter.run((dimension, value.clone()))
        >
            {text}
            <Icon name="filter" />
        </button>
    }
}

fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Money | ColumnKind::Number | ColumnKind::Ratio)
}
