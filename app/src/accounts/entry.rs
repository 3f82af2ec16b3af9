use leptos::prelude::*;
use leptos_meta::Title;

/// What stands around the form of an entry page.
#[component]
pub(crate) fn Entry(#[prop(into)] title: Signal<String>, #[prop(into)] lead: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <Title text=move || title.get() />
        <section class="entry">
            <h1>{move || title.get()}</h1>
            <p class="entry-lead">{move || lead.get()}</p>
            {children()}
        </section>
    }
}
