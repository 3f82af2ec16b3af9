//! What a person made and has not saved yet is not thrown away without asking.

use leptos::prelude::*;

const QUESTION: &str = "What you changed is not saved. Leave it all the same?";

/// While it is on the page, leaving asks first: by a link, by going back, by closing or reloading (`public/js/page.js`), and by [`may_leave`].
#[component]
pub fn Unsaved(when: RwSignal<bool>) -> impl IntoView {
    move || when.get().then(|| view! { <tradepost-unsaved question=QUESTION></tradepost-unsaved> })
}

/// Asks, where there is something to lose.
pub fn may_leave() -> bool {
    let is_unsaved = document().query_selector("tradepost-unsaved").is_ok_and(|found| found.is_some());
    !is_unsaved || window().confirm_with_message(QUESTION).unwrap_or(true)
}
