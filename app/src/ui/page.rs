use crate::ui::text::sentence;
use leptos::prelude::*;
use leptos_meta::Title;

/// The head of a page: its one `<h1>`, a sentence, and the one primary action as children.
#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] lead: Signal<Option<String>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    // The document's head is written when the page's own owner may be gone already: it holds the title itself.
    let in_head: ArcSignal<String> = title.into();
    view! {
        <Title text=move || in_head.get() />
        <header class="page-head">
            <div>
                <h1>{move || title.get()}</h1>
                {move || lead.get().map(|lead| view! { <p class="page-lead">{sentence(&lead)}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
}

/// A card with a heading.
#[component]
pub fn Card(#[prop(optional, into)] title: Option<String>, #[prop(optional, into)] lead: Option<String>, children: Children) -> impl IntoView {
    view! {
        <section class="card">
            {title.map(|title| view! { <h2 class="card-title">{title}</h2> })}
            {lead.map(|lead| view! { <p class="card-lead">{lead}</p> })}
            {children()}
        </section>
    }
}
