use leptos::prelude::*;

/// The product's mark and name.
#[component]
pub fn Brand(#[prop(default = "/")] href: &'static str) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <img src="/favicon.svg" alt="" width="28" height="28" />
            <span>"Tradepost"</span>
        </a>
    }
}
