//! The box that takes anything: what was pasted is recognised as it is typed.

use super::draft::Draft;
use super::words::{access_tone, host};
use crate::ui::{Badge, Field, Icon};
use domain::AppError;
use domain::embeds::Pasted;
use leptos::prelude::*;

/// What stands in the box, recognised.
pub(super) type Recognised = RwSignal<Option<Result<Pasted, AppError>>>;

/// Why it is no board that can be shown.
fn words(error: &AppError) -> String {
    error.fields.first().map_or(&error.message, |field| &field.message).clone()
}

/// The first field: an address, a share link or a whole snippet.
#[component]
pub(super) fn PasteBox(draft: Draft, recognised: Recognised, #[prop(into)] refused: Signal<Option<String>>) -> impl IntoView {
    Effect::new(move |_| {
        let guess = recognised.with(|recognised| recognised.as_ref()?.as_ref().ok()?.title_guess.clone());
        if let Some(guess) = guess
            && !draft.has_own_title.get_untracked()
        {
            draft.title.set(guess);
        }
    });
    let error = Signal::derive(move || {
        let found = recognised.with(|recognised| recognised.as_ref().and_then(|found| found.as_ref().err().map(words)));
        found.or_else(|| refused.get())
    });
    view! {
        <Field
            id="board-paste"
            label="The board's link"
            hint="A link from the address bar, a share link, or a whole <iframe> snippet. Looker Studio, Looker, Tableau, Power BI, Metabase, Superset, Lightdash, Grafana or any page that lets itself be framed."
            error
        >
            <textarea
                class="input paste-box"
                id="board-paste"
                rows="3"
                spellcheck="false"
                autocomplete="off"
                aria-describedby="board-paste-hint board-paste-error"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || draft.paste.get()
                on:input=move |event| draft.paste.set(event_target_value(&event))
            ></textarea>
        </Field>
        <div aria-live="polite">
            {move || recognised.get().and_then(Result::ok).map(|pasted| {
                let pasted = if draft.is_signed.get() { pasted.signed() } else { pasted };
                view! { <WhatItIs pasted /> }
            })}
        </div>
    }
}

/// The tool, what viewers need, what was changed, and the board itself where it can be shown already.
#[component]
fn WhatItIs(pasted: Pasted) -> impl IntoView {
    let Pasted { tool, url, origin, access, changes, needs_secret, .. } = pasted;
    let changes = changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view();
    let is_signed = access == domain::embeds::EmbedAccess::Signed;
    view! {
        <div class="recognised">
            <div class="recognised-head">
                <Icon name="circle-check" />
                <h2>{tool.label()}</h2>
                <Badge tone=access_tone(access)>{access.label()}</Badge>
                <span class="soft">{host(&origin)}</span>
            </div>
            <p class="soft">{tool.access_note(access)}</p>
            <ul>{changes}</ul>
            {if needs_secret || is_signed {
                view! {
                    <p class="board-preview-none">
                        <Icon name="key-round" />
                        "Shown once it is saved: each view of this board is signed with the secret below, which never leaves the server."
                    </p>
                }
                    .into_any()
            } else {
                view! { <Preview url /> }.into_any()
            }}
        </div>
    }
}

/// The board before it is saved, on a page of its own that may show this one origin and nothing else.
#[component]
fn Preview(url: String) -> impl IntoView {
    let address = format!("/boards/preview?paste={}", String::from(js_sys::encode_uri_component(&url)));
    view! { <iframe class="board-preview" title="Preview of the board" src=address></iframe> }
}
