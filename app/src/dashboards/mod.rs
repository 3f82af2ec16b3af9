//! The sales dashboard.

use leptos::prelude::*;

#[component]
pub fn SalesPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Sales" /> }
}
