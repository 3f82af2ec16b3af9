//! Parameters that are filled in on the server, one row each.

use super::text_box::TextBox;
use crate::ui::{Button, Choice, ChoiceGroup, Field, IconButton, Select};
use domain::embeds::{LockedParameter, ParameterValue};
use leptos::prelude::*;

const FIXED: &str = "fixed";

#[derive(Clone, Copy)]
struct LockRow {
    number: usize,
    name: RwSignal<String>,
    /// `fixed`, or the place in [`ParameterValue::FROM_MEMBER`].
    source: RwSignal<String>,
    text: RwSignal<String>,
}

/// The rows.
#[derive(Clone, Copy)]
pub(super) struct LockRows {
    rows: RwSignal<Vec<LockRow>>,
    next: StoredValue<usize>,
}

impl LockRows {
    pub(super) fn new(locked: Vec<LockedParameter>) -> Self {
        let next = locked.len();
        let rows = locked.into_iter().enumerate().map(|(number, LockedParameter { name, value })| {
            let (source, text) = match value {
                ParameterValue::Fixed(text) => (FIXED.to_owned(), text),
                other => (ParameterValue::FROM_MEMBER.iter().position(|value| *value == other).unwrap_or_default().to_string(), String::new()),
            };
            LockRow { number, name: RwSignal::new(name), source: RwSignal::new(source), text: RwSignal::new(text) }
        });
        Self { rows: RwSignal::new(rows.collect()), next: StoredValue::new(next) }
    }

    /// The parameters that have a name.
    pub(super) fn read(self) -> Vec<LockedParameter> {
        let rows = self.rows.get_untracked();
        let read = |row: &LockRow| {
            let name = row.name.get_untracked().trim().to_owned();
            let source = row.source.get_untracked();
            let value = source.parse::<usize>().ok().and_then(|place| ParameterValue::FROM_MEMBER.get(place).cloned());
            (!name.is_empty()).then(|| LockedParameter { name, value: value.unwrap_or_else(|| ParameterValue::Fixed(row.text.get_untracked())) })
        };
        rows.iter().filter_map(read).collect()
    }

    fn add(self) {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let row = LockRow { number, name: RwSignal::default(), source: RwSignal::new(FIXED.to_owned()), text: RwSignal::default() };
        self.rows.update(|rows| rows.push(row));
    }

    fn remove(self, number: usize) {
        self.rows.update(|rows| rows.retain(|row| row.number != number));
    }
}

fn sources() -> Vec<ChoiceGroup> {
    let fixed = Choice::new(FIXED, ParameterValue::Fixed(String::new()).label());
    let others = ParameterValue::FROM_MEMBER.iter().enumerate().map(|(place, value)| Choice::new(place.to_string(), value.label()));
    vec![ChoiceGroup { label: String::new(), choices: std::iter::once(fixed).chain(others).collect() }]
}

/// Adds, changes and removes locked parameters.
#[component]
pub(super) fn LockedParameters(rows: LockRows) -> impl IntoView {
    let row = move |LockRow { number, name, source, text }: LockRow| {
        let id = format!("lock-from-{number}");
        view! {
            <div class="locked-row">
                <TextBox id=format!("lock-name-{number}") label="Parameter" value=name placeholder="store" />
                <Field id=id.clone() label="Filled with">
                    <Select id=id name="" groups=sources() selected=source on:change=move |event| source.set(event_target_value(&event)) />
                </Field>
                <Show when=move || source.with(|source| source == FIXED)>
                    <TextBox id=format!("lock-text-{number}") label="Value" value=text />
                </Show>
                <IconButton label=Signal::derive(move || format!("Remove the parameter {}", name.get())) icon="x" on:click=move |_| rows.remove(number) />
            </div>
        }
    };
    view! {
        <fieldset class="stack">
            <legend class="field-legend">"Locked parameters"</legend>
            <p class="field-hint">"Filled in on our server for each viewer and signed with the token, so that nobody can change them in the browser."</p>
            <For each=move || rows.rows.get() key=|row| row.number children=row />
            <div><Button icon="plus" on:click=move |_| rows.add()>"Add a parameter"</Button></div>
        </fieldset>
    }
}
