use crate::ui::Icon;
use leptos::{ev, prelude::*};

/// A text that is shown once, with a button that copies it (`public/js/page.js`).
#[component]
pub fn CopyField(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    let select = move |event: ev::FocusEvent| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        input.select();
    };
    view! {
        <div class="copy-field">
            <input class="input" type="text" readonly aria-label=label value=text on:focus=select />
            <button type="button" class="button button-secondary" data-copy="">
                <Icon name="copy" />
                <span aria-live="polite">"Copy"</span>
            </button>
        </div>
    }
}
