use crate::ui::{Button, ButtonKind};
use leptos::{ev, prelude::*};

/// A text that is shown once, with a button that copies it.
#[component]
pub fn CopyField(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let to_copy = text.clone();
    let copy = move |_| {
        // The promise settles on its own; where the clipboard is closed to us, the text can still be selected by hand.
        let _ = window().navigator().clipboard().write_text(&to_copy);
        copied.set(true);
    };
    let select = move |event: ev::FocusEvent| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        input.select();
    };
    view! {
        <div class="copy-field">
            <input class="input" type="text" readonly aria-label=label value=text on:focus=select />
            <Button kind=ButtonKind::Secondary icon="copy" on:click=copy>
                <span aria-live="polite">{move || if copied.get() { "Copied" } else { "Copy" }}</span>
            </Button>
        </div>
    }
}
