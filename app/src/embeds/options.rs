//! What most boards never need, folded away.

use super::draft::{Draft, RATIOS};
use super::lock_rows::LockedParameters;
use super::text_box::TextBox;
use super::words::ICONS;
use crate::ui::{Checkbox, Choice, ChoiceGroup, Field, Icon, Select};
use leptos::prelude::*;

/// Group, description, icon, height, dates, locked parameters, start.
#[component]
pub(super) fn MoreOptions(
    draft: Draft,
    /// Whether parameters can be locked into the board's token.
    #[prop(into)]
    takes_locked: Signal<bool>,
) -> impl IntoView {
    let ratios = RATIOS.map(|(value, label, _, _)| Choice::new(value, label));
    let heights = std::iter::once(Choice::new("auto", "As high as the tool says")).chain(ratios).collect();
    view! {
        <details class="more-options">
            <summary>"More options"</summary>
            <div class="stack">
                <TextBox id="board-description" label="Description" value=draft.description hint="A line under the title, for those who see it" />
                <div class="form-row">
                    <TextBox id="board-group" label="Group" value=draft.group hint="The heading it stands under in the list" placeholder="Marketing" />
                    <Field id="board-height" label="Height">
                        <Select
                            id="board-height"
                            name=""
                            groups=vec![ChoiceGroup { label: String::new(), choices: heights }]
                            selected=draft.height
                            on:change=move |event| draft.height.set(event_target_value(&event))
                        />
                    </Field>
                </div>
                <IconChoice draft />
                <fieldset class="stack">
                    <legend class="field-legend">"Dates"</legend>
                    <p class="field-hint">"Name the tool's own parameters, and the board follows the range of days chosen on its page. Leave both empty for none."</p>
                    <div class="form-row">
                        <TextBox id="board-date-from" label="Parameter for the first day" value=draft.date_from placeholder="from" />
                        <TextBox id="board-date-to" label="Parameter for the last day" value=draft.date_to placeholder="to" />
                    </div>
                </fieldset>
                <Show when=move || takes_locked.get()>
                    <LockedParameters rows=draft.locked />
                </Show>
                <Checkbox
                    name="is-start"
                    label="Make it the start page: members it is shared with land on it"
                    checked=draft.is_start
                    on_change=Callback::new(move |is_on| draft.is_start.set(is_on))
                />
            </div>
        </details>
    }
}

#[component]
fn IconChoice(draft: Draft) -> impl IntoView {
    let choices = ICONS.map(|(name, label)| {
        view! {
            <label title=label>
                <input
                    class="visually-hidden"
                    type="radio"
                    name="board-icon"
                    value=name
                    aria-label=label
                    prop:checked=move || draft.icon.with(|icon| super::words::icon(icon) == name)
                    on:change=move |_| draft.icon.set(name.to_owned())
                />
                <Icon name=name />
            </label>
        }
    });
    view! {
        <fieldset class="icon-choices">
            <legend>"Icon"</legend>
            {choices.collect_view()}
        </fieldset>
    }
}
