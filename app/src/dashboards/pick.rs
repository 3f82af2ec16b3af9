//! One choice of a list.

use leptos::prelude::*;

/// A labelled select that follows what was chosen, also where something else changes it.
#[component]
pub(super) fn Pick(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// Words and what people read.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_pick: Callback<(String,)>,
) -> impl IntoView {
    let options = move || {
        let now = value.get_untracked();
        choices.get().into_iter().map(|(word, label)| view! { <option value=word.clone() selected=word == now>{label}</option> }).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="select input" id=id prop:value=move || value.get() on:change:target=move |event| on_pick.run((event.target().value(),))>
                {options}
            </select>
        </div>
    }
}

/// Choices that are always the same; the first is what stands for no choice.
pub(super) fn fixed(none: Option<&str>, choices: impl IntoIterator<Item = (&'static str, &'static str)>) -> Signal<Vec<(String, String)>> {
    let none = none.map(|none| (String::new(), none.to_owned()));
    Signal::stored(none.into_iter().chain(choices.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned()))).collect())
}
