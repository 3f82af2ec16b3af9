//! Filtering a board by something that no card of it shows.

use super::address::use_address;
use super::conditions::dimensions;
use super::pick::{Pick, fixed};
use super::pickers::close;
use super::value_field::ValueField;
use crate::ui::{Icon, Menu};
use domain::dashboards::DashboardView;
use domain::semantic::Dimension;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

const FILTER_MENU: &str = "filter-menu";

/// By what, and then which value: it goes to the address, as a click on a bar does.
#[component]
pub(super) fn AddFilter(view: Memo<DashboardView>) -> impl IntoView {
    let (address, navigate) = (use_address(), StoredValue::new(use_navigate()));
    let chosen = RwSignal::new(Dimension::Product);
    let add = move |value: String| {
        let dimension = chosen.get_untracked();
        let view = view.get_untracked();
        let is_set = view.filters.iter().any(|filter| filter.dimension == dimension && filter.values.contains(&value));
        if !is_set {
            let target = address.href(&view.toggled(dimension, &value));
            close(FILTER_MENU);
            navigate.with_value(|navigate| navigate(&target, NavigateOptions { scroll: false, ..NavigateOptions::default() }));
        }
    };
    let trigger = || view! { <Icon name="filter" /> <span>"Add filter"</span> };
    let value = move || {
        let dimension = chosen.get();
        view! { <ValueField id="filter-value" label=format!("{} is", dimension.label()) dimension on_value=add /> }
    };
    view! {
        <Menu id=FILTER_MENU label="Add filter" trigger=ViewFn::from(trigger) with_arrow=true class="picker-trigger">
            <div class="filter-adder">
                <Pick
                    id="filter-dimension"
                    label="Filter by"
                    choices=fixed(None, dimensions())
                    value=Signal::derive(move || chosen.get().name().to_owned())
                    on_pick=move |word: String| {
                        if let Ok(dimension) = Dimension::parse(&word) {
                            chosen.set(dimension);
                        }
                    }
                />
                {value}
            </div>
        </Menu>
    }
}
