use leptos::prelude::*;
use leptos_meta::Title;

/// What stands around the form of an entry page.
#[component]
pub(crate) fn Entry(#[prop(into)] title: Signal<String>, #[prop(into)] lead: Signal<String>, children: Children) -> impl IntoView {
    // The document's head is written when the page's own owner may be gone already: it holds the title itself.
    let in_head: ArcSignal<String> = title.into();
    view! {
        <Title text=move || in_head.get() />
        <section class="entry">
            <h1>{move || title.get()}</h1>
            <p class="entry-lead">{move || lead.get()}</p>
            {children()}
        </section>
    }
}
