//! What a person chose to see, to and from the page's address.

use domain::dashboards::DashboardView;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The view that an address's query string (`range=30d&country=GB`) means.
pub(super) fn view_of(query: &str) -> DashboardView {
    DashboardView::from_query(query)
}

/// The query string of a view, without a question mark.
pub(super) fn query_of(view: &DashboardView) -> String {
    view.to_query()
}

/// The address of the page one is on, for links to other views of it.
#[derive(Clone, Copy)]
pub(super) struct Address(StoredValue<String>);

/// The address of the page that is being built.
pub(super) fn use_address() -> Address {
    Address(StoredValue::new(use_location().pathname.get_untracked()))
}

impl Address {
    /// The page's address for a view.
    pub(super) fn href(self, view: &DashboardView) -> String {
        self.0.with_value(|path| href(path, view))
    }
}

fn href(path: &str, view: &DashboardView) -> String {
    let query = query_of(view);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_view_has_the_shortest_address() {
        assert_eq!(href("/sales", &DashboardView::default()), "/sales");
        assert_eq!(href("/dashboards/overview", &view_of("range=30d&compare=none")), "/dashboards/overview?range=30d&compare=none");
    }
}
