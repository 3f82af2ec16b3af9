//! What the page is filtered by, each a button that takes it off again.

use super::address::use_address;
use crate::ui::Icon;
use domain::dashboards::{DashboardView, StandardBoard};
use domain::question::{Filter, FilterOp};
use domain::semantic::Dimension;
use domain::{countries, format};
use leptos::prelude::*;

#[component]
pub(super) fn FilterChips(view: Memo<DashboardView>) -> impl IntoView {
    let address = use_address();
    let chips = move || {
        let view = view.get();
        let values = view.filters.iter().filter(|filter| filter.op == FilterOp::In);
        let values = values.flat_map(|filter| filter.values.iter().map(|value| (filter.dimension, value.clone())));
        values.map(|(dimension, value)| view! { <Chip target=address.href(&view.toggled(dimension, &value)) dimension value /> }).collect_view()
    };
    let xrays = move || {
        let view = view.get();
        let of_one = StandardBoard::XRAYS.into_iter().filter_map(|board| Some((board, board.looks_at()?, board.subject(&view)?.to_owned())));
        let link = |(board, dimension, value): (StandardBoard, Dimension, String)| {
            let here = format!("/dashboards/{}", board.as_str());
            let href = format!("{here}?{}", view.to_query());
            (!address.href(&view).starts_with(&here))
                .then(|| view! { <a class="filter-clear" href=href>{format!("X-ray of {}", spoken(dimension, &value))}</a> })
        };
        of_one.map(link).collect_view()
    };
    let without = move || address.href(&DashboardView { filters: Vec::new(), ..view.get() });
    view! {
        <Show when=move || view.with(|view| !view.filters.is_empty())>
            <div class="filter-chips" role="group" aria-label="Filters">
                {chips}
                {xrays}
                <a class="filter-clear" href=without data-noscroll="">"Show everything"</a>
            </div>
        </Show>
    }
}

#[component]
fn Chip(target: String, dimension: Dimension, value: String) -> impl IntoView {
    let shown = spoken(dimension, &value);
    view! {
        <a class="filter-chip" href=target data-noscroll="" title="Take this filter off">
            <span class="filter-chip-name">{dimension.label()}</span>
            <span>{shown}</span>
            <Icon name="x" />
            <span class="visually-hidden">" – take this filter off"</span>
        </a>
    }
}

/// Conditions in words: `Country: United Kingdom, Germany`.
pub(super) fn in_words(filters: &[Filter]) -> Vec<String> {
    let of_values = |filter: &Filter| filter.values.iter().map(|value| spoken(filter.dimension, value)).collect::<Vec<_>>().join(", ");
    filters.iter().map(|filter| format!("{}: {}", filter.dimension.label(), of_values(filter))).collect()
}

/// A filter's value as people read it.
pub(super) fn spoken(dimension: Dimension, value: &str) -> String {
    let number = value.parse::<u32>().ok();
    match (dimension, number) {
        (Dimension::Country, _) => countries::name(value).unwrap_or(value).to_owned(),
        (Dimension::Weekday, Some(weekday)) => format::weekday_name(weekday).to_owned(),
        (Dimension::Hour, Some(hour)) => format!("{hour}:00 to {hour}:59"),
        (Dimension::Channel, _) => if value == "online" { "Online" } else { "In store" }.to_owned(),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_people_say_them() {
        assert_eq!(spoken(Dimension::Country, "GB"), "United Kingdom");
        assert_eq!(spoken(Dimension::Weekday, "1"), "Monday");
        assert_eq!(spoken(Dimension::Hour, "9"), "9:00 to 9:59");
        assert_eq!(spoken(Dimension::Product, "7"), "7");
    }
}
