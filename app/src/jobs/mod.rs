//! Background work.

use leptos::prelude::*;

#[component]
pub fn JobsPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Jobs" /> }
}
