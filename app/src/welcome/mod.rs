//! What a visitor sees first.

use leptos::prelude::*;

#[component]
pub fn WelcomePage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Welcome" /> }
}
