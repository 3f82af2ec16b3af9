use super::ReplaceSecret;
use super::secret_fields::SecretInputs;
use crate::ui::{Button, ButtonKind, Card, FormErrors, FormProblem, Instant, toast_results};
use domain::embeds::{EmbedSummary, secret_fields};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The secret of a signed board: when it was set, and how it is replaced. It is never shown.
#[component]
pub(super) fn SecretCard(board: EmbedSummary) -> impl IntoView {
    let EmbedSummary { id, tool, has_secret, secret_set_at, .. } = board;
    let fields = secret_fields(tool.signed_form());
    if fields.is_empty() {
        return ().into_any();
    }
    let replace = ServerAction::<ReplaceSecret>::new();
    let errors = FormErrors::of(replace);
    toast_results(replace, "Secret replaced; the old one works for a few minutes more, so that open pages stay");
    let is_open = RwSignal::new(!has_secret && tool.needs_secret());
    let values = RwSignal::new(BTreeMap::<String, String>::new());
    let set_at = Signal::derive(move || match replace.value().get() {
        Some(Ok(board)) => board.secret_set_at,
        _ => secret_set_at,
    });
    Effect::new(move |_| {
        if let Some(Ok(_)) = replace.value().get() {
            values.set(BTreeMap::new());
            is_open.set(false);
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let fields = values.get_untracked().into_iter().filter(|(_, value)| !value.is_empty()).collect();
        replace.dispatch(ReplaceSecret { id, fields });
    };
    let state = move || match set_at.get() {
        Some(at) => view! { <p>"A secret is stored, encrypted, since " <Instant at />". It is never shown again."</p> }.into_any(),
        None => view! { <p>"No secret is stored. With one, viewers need no account with the tool."</p> }.into_any(),
    };
    let verb = move || if set_at.get().is_some() { "Replace the secret" } else { "Set a secret" };
    view! {
        <Card title="Secret">
            <div class="stack">
                {state}
                <Show
                    when=move || is_open.get()
                    fallback=move || view! { <div><Button icon="key-round" on:click=move |_| is_open.set(true)>{verb}</Button></div> }
                >
                    <form class="stack" on:submit=send novalidate=true>
                        <FormProblem errors />
                        <SecretInputs fields=fields.clone() values />
                        <div class="form-actions">
                            <Button kind=ButtonKind::Primary submit=true busy=replace.pending()>"Store it"</Button>
                            <Button kind=ButtonKind::Quiet on:click=move |_| is_open.set(false)>"Leave it"</Button>
                        </div>
                    </form>
                </Show>
            </div>
        </Card>
    }
    .into_any()
}
