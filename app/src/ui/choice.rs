use leptos::prelude::*;

/// A box to tick.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] checked: Signal<bool>,
    #[prop(optional)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                name=name
                value="true"
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_checked(&event));
                    }
                }
            />
            <span>{move || label.get()}</span>
        </label>
    }
}

/// One of several to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioOption {
    pub value: String,
    pub label: String,
    /// A sentence under the label; may be empty.
    pub explanation: String,
}

impl RadioOption {
    pub fn new(value: impl Into<String>, label: impl Into<String>, explanation: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), explanation: explanation.into() }
    }
}

/// One choice of a few, each explained.
#[component]
pub fn RadioGroup(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    options: Vec<RadioOption>,
    #[prop(optional, into)] selected: Signal<String>,
    #[prop(optional)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let radios = options
        .into_iter()
        .map(|RadioOption { value, label, explanation }| {
            let own = value.clone();
            let is_first_choice = selected.with_untracked(|selected| *selected == value);
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=name.clone()
                        value=value
                        checked=is_first_choice
                        on:change=move |event| {
                            if let Some(on_change) = on_change {
                                on_change.run(event_target_value(&event));
                            }
                        }
                        prop:checked=move || selected.with(|selected| *selected == own)
                    />
                    <span>
                        {label}
                        {(!explanation.is_empty()).then(|| view! { <small>{explanation}</small> })}
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="radio-group">
            <legend>{legend}</legend>
            {radios}
        </fieldset>
    }
}
