//! The fields of a tool's secret, asked for only where the tool needs them.

use super::text_box::TextBox;
use domain::embeds::SecretField;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// One input a field; what is typed stays in this browser until it is sent, and is never shown again.
#[component]
pub(super) fn SecretInputs(fields: Vec<SecretField>, values: RwSignal<BTreeMap<String, String>>) -> impl IntoView {
    let inputs = fields.into_iter().map(|field| view! { <SecretInput field values /> }).collect_view();
    view! { <div class="form-row">{inputs}</div> }
}

#[component]
fn SecretInput(field: SecretField, values: RwSignal<BTreeMap<String, String>>) -> impl IntoView {
    let SecretField { name, label, hint, is_required, is_visible } = field;
    let value = RwSignal::new(values.with_untracked(|values| values.get(&name).cloned().unwrap_or_default()));
    let label = if is_required { label } else { format!("{label} (optional)") };
    let id = format!("secret-{name}");
    let on_type = Callback::new(move |()| {
        values.update(|values| {
            values.insert(name.clone(), value.get_untracked());
        });
    });
    view! { <TextBox id label value hint kind=if is_visible { "text" } else { "password" } on_type /> }
}
