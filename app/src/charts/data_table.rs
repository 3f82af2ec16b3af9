//! The table behind a picture.

use super::ChartFilter;
use crate::ui::Icon;
use domain::charts::TableData;
use domain::dashboards::{DashboardView, StandardBoard};
use domain::question::{Cell, ColumnKind};
use domain::semantic::Dimension;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

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
    /// Whether each number has a bar behind it, as long as it is large.
    #[prop(optional)]
    with_bars: bool,
) -> impl IntoView {
    // The board of one thing looks at the same days.
    let days = DashboardView { filters: Vec::new(), ..use_location().search.with_untracked(|search| DashboardView::from_query(search)) };
    let largest = if with_bars { largest(&table) } else { Vec::new() };
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
                    let xray = StandardBoard::xray_of(*dimension).map(|board| {
                        let only = days.clone().toggled(*dimension, value);
                        let href = format!("/dashboards/{}?{}", board.as_str(), only.to_query());
                        let label = format!("X-ray of {text}");
                        view! { <a class="row-xray" href=href title="X-ray: beside all others" aria-label=label><Icon name="search" /></a> }
                    });
                    view! { <th scope="row"><FilterButton text dimension=*dimension value=value.clone() pressed on_filter />{xray}</th> }.into_any()
                }
                (0, _, _) => view! { <th scope="row">{text}</th> }.into_any(),
                _ => {
                    let share = share(cell, largest.get(column).copied().unwrap_or(0.0));
                    let bar = share.map(|share| format!("--share: {share:.1}%"));
                    let has_bar = bar.is_some();
                    view! { <td class:number=is_number(kind.kind) class:with-bar=has_bar style=bar>{text}</td> }.into_any()
                }
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

/// The largest number of each column, without its sign; of a row of sums, none. Amounts of different currencies have no common scale.
fn largest(table: &TableData) -> Vec<f64> {
    if table.columns.iter().any(|column| column.title == Dimension::Currency.label()) {
        return vec![0.0; table.columns.len()];
    }
    let sums = table.rows.last().is_some_and(|row| row.first() == Some(&Cell::Text("Total".to_owned())));
    let rows = &table.rows[..table.rows.len() - usize::from(sums)];
    let of_column = |column: usize| rows.iter().filter_map(|row| row.get(column)?.as_f64()).map(f64::abs).fold(0.0, f64::max);
    (0..table.columns.len()).map(of_column).collect()
}

/// How long a number's bar is, in percent; none for what is no number or beyond the largest.
fn share(cell: &Cell, largest: f64) -> Option<f64> {
    let share = cell.as_f64()?.max(0.0) / largest * 100.0;
    (share > 0.0 && share <= 100.0).then_some(share)
}

fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Money | ColumnKind::Number | ColumnKind::Ratio)
}
