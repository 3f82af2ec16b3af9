//! Labelled inputs. A field's id is made of its name; hint and error are wired to the input, so that both are read aloud.

use crate::ui::{Icon, sentence};
use domain::AppError;
use leptos::prelude::*;

/// One option of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// Options under a heading of their own; an empty heading stands for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceGroup {
    pub label: String,
    pub choices: Vec<Choice>,
}

/// The message for one field of a failed input.
pub fn field_error(error: Signal<Option<AppError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || error.with(|error| error.as_ref().and_then(|error| error.field(field).map(sentence))))
}

fn id_of(name: &str) -> String {
    let tail: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("field-{}", tail.trim_end_matches('-'))
}

fn described_by(id: &str, has_hint: bool) -> String {
    if has_hint { format!("{id}-hint {id}-error") } else { format!("{id}-error") }
}

/// A label, a hint and an error around an input whose id is `id`. The input itself says `aria-describedby`.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field" class:field-wrong=move || error.with(Option::is_some)>
            <label for=id>{move || label.get()}</label>
            {children()}
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <p class="field-error" id=error_id aria-live="polite">
                {move || error.get().map(|error| view! { <Icon name="circle-alert" /> <span>{error}</span> })}
            </p>
        </div>
    }
}

/// A bare one-line input for places where a `Field` stands around it already.
#[component]
pub fn Input(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional_no_strip)] value: Option<String>,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(optional)] has_hint: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let described = described_by(&id, has_hint);
    view! {
        <input
            class="input"
            id=id
            name=name
            type=kind
            value=value
            autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
            placeholder=(!placeholder.is_empty()).then_some(placeholder)
            required=required
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            node_ref=node_ref
        />
    }
}

/// A labelled one-line input. What a person typed stays when an error comes back: the input is never reset.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    /// The form field's name, for example `input[email]`.
    #[prop(into)]
    name: String,
    /// `text`, `email`, `password`, `date`, …
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let id = id_of(&name);
    let has_hint = hint.is_some();
    let input = view! { <Input id=id.clone() name kind value autocomplete placeholder has_hint required error node_ref /> };
    match hint {
        Some(hint) => view! { <Field id label hint error>{input}</Field> },
        None => view! { <Field id label error>{input}</Field> },
    }
}

/// A bare select. Groups with an empty label stand without a heading.
#[component]
pub fn Select(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    groups: Vec<ChoiceGroup>,
    #[prop(optional, into)] selected: Signal<String>,
    #[prop(optional)] has_hint: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] node_ref: NodeRef<leptos::html::Select>,
) -> impl IntoView {
    let described = described_by(&id, has_hint);
    let initial = selected.get_untracked();
    let option = move |choice: Choice| {
        let is_selected = choice.value == initial;
        view! { <option value=choice.value selected=is_selected>{choice.label}</option> }
    };
    let options = groups
        .into_iter()
        .map(|group| {
            let options = group.choices.into_iter().map(&option).collect_view();
            if group.label.is_empty() { options.into_any() } else { view! { <optgroup label=group.label>{options}</optgroup> }.into_any() }
        })
        .collect_view();
    view! {
        <select
            class="input select"
            id=id
            name=name
            required=required
            prop:value=move || selected.get()
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            node_ref=node_ref
        >
            {options}
        </select>
    }
}

/// A labelled select.
#[component]
pub fn SelectField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] name: String,
    groups: Vec<ChoiceGroup>,
    #[prop(optional, into)] selected: Signal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] node_ref: NodeRef<leptos::html::Select>,
) -> impl IntoView {
    let id = id_of(&name);
    let has_hint = hint.is_some();
    let select = view! { <Select id=id.clone() name groups selected has_hint required error node_ref /> };
    match hint {
        Some(hint) => view! { <Field id label hint error>{select}</Field> },
        None => view! { <Field id label error>{select}</Field> },
    }
}
