//! Values to filter by, typed with the shop's own values to choose from.

use super::boards_api::suggest_values;
use super::filters::spoken;
use crate::ui::{Icon, IconButton};
use domain::dashboards::Suggestion;
use domain::semantic::Dimension;
use leptos::prelude::*;
use std::time::Duration;

/// So long nobody types before values are looked up.
const PAUSE: Duration = Duration::from_millis(200);

/// A field that takes one value after the other: by Enter, by its button, or on leaving it.
#[component]
pub(super) fn ValueField(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    dimension: Dimension,
    #[prop(into)] on_value: Callback<(String,)>,
) -> impl IntoView {
    let (text, found) = (RwSignal::new(String::new()), RwSignal::new(Vec::<Suggestion>::new()));
    let look_up = move || {
        let asked = text.get_untracked();
        leptos::task::spawn_local(async move {
            // Without suggestions a value is typed to its end.
            let answer = suggest_values(dimension, asked.clone()).await.unwrap_or_default();
            if text.try_get_untracked() == Some(asked) {
                let _ = found.try_set(answer);
            }
        });
    };
    let typed = move |new: String| {
        text.set(new.clone());
        set_timeout(
            move || {
                if text.try_get_untracked() == Some(new) {
                    look_up();
                }
            },
            PAUSE,
        );
    };
    let take = move || {
        let typed = text.get_untracked().trim().to_owned();
        if typed.is_empty() {
            return;
        }
        text.set(String::new());
        let close = found.with_untracked(|found| value_of(found, &typed));
        // What the server has not offered yet it may know all the same, in other capitals or under another name.
        match close {
            Some(value) => on_value.run((value,)),
            None => leptos::task::spawn_local(async move {
                let answer = suggest_values(dimension, typed.clone()).await.unwrap_or_default();
                // The field may be gone by now.
                let _ = on_value.try_run((value_of(&answer, &typed).unwrap_or(typed),));
            }),
        }
    };
    let list = format!("{id}-list");
    let options = move || found.get().into_iter().map(|one| view! { <option value=one.label></option> }).collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="value-entry">
                <input
                    class="input"
                    id=id
                    list=list.clone()
                    autocomplete="off"
                    maxlength="200"
                    prop:value=move || text.get()
                    on:focus=move |_| look_up()
                    on:input:target=move |event| typed(event.target().value())
                    on:change=move |_| take()
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            take();
                        }
                    }
                />
                <IconButton label="Add this value" icon="plus" on:click=move |_| take() />
            </div>
            <datalist id=list>{options}</datalist>
        </div>
    }
}

/// The value that is called like this, in capitals or not.
fn value_of(found: &[Suggestion], typed: &str) -> Option<String> {
    let typed = typed.to_lowercase();
    found.iter().find(|one| one.label.to_lowercase() == typed).map(|one| one.value.clone())
}

/// Values that were chosen, each a button that takes it off again.
#[component]
pub(super) fn ValueChips(
    dimension: Dimension,
    #[prop(into)] values: Signal<Vec<String>>,
    #[prop(into)] on_remove: Callback<(String,)>,
) -> impl IntoView {
    let chip = move |value: String| {
        let shown = spoken(dimension, &value);
        let label = format!("Take off {shown}");
        view! {
            <li>
                <button type="button" class="filter-chip" aria-label=label on:click=move |_| on_remove.run((value.clone(),))>
                    <span>{shown}</span>
                    <Icon name="x" />
                </button>
            </li>
        }
    };
    view! { <ul class="value-chips">{move || values.get().into_iter().map(chip).collect_view()}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_its_value() {
        let found = [Suggestion { value: "DE".to_owned(), label: "Germany".to_owned() }];
        assert_eq!(value_of(&found, "germany"), Some("DE".to_owned()));
        assert_eq!(value_of(&found, "Germ"), None);
    }
}
