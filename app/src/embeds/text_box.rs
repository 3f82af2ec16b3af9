use crate::ui::Field;
use leptos::prelude::*;

/// A labelled one-line input that writes into a signal as one types.
#[component]
pub(super) fn TextBox(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(optional, into)] list: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] on_type: Option<Callback<()>>,
) -> impl IntoView {
    let described = if hint.is_some() { format!("{id}-hint {id}-error") } else { format!("{id}-error") };
    let input = view! {
        <input
            class="input"
            type=kind
            id=id.clone()
            autocomplete="off"
            list=list
            placeholder=(!placeholder.is_empty()).then_some(placeholder)
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            prop:value=move || value.get()
            on:input=move |event| {
                value.set(event_target_value(&event));
                if let Some(on_type) = on_type {
                    on_type.run(());
                }
            }
        />
    };
    match hint {
        Some(hint) => view! { <Field id label hint error>{input}</Field> },
        None => view! { <Field id label error>{input}</Field> },
    }
}
