use leptos::prelude::*;

/// An icon of the sprite `public/icons.svg`. It is decoration: the words next to it, or the button's label, say what it means.
#[component]
pub fn Icon(
    /// The symbol's id in the sprite.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=move || format!("/icons.svg#{}", name.get())></use>
        </svg>
    }
}
