use crate::session::{SignOut, use_session};
use crate::ui::{Icon, Menu};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Who is signed in, and the way out.
#[component]
pub(crate) fn PersonMenu() -> impl IntoView {
    let session = use_session();
    let sign_out = ServerAction::<SignOut>::new();
    let initial = move || session.me().email.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let trigger = ViewFn::from(move || view! { <span class="avatar" aria-hidden="true">{initial}</span> });
    view! {
        <Menu id="person-menu" label="Your account" trigger=trigger class="menu-trigger menu-trigger-round">
            <div class="menu-head">
                <strong>{move || session.me().email}</strong>
                <small>{move || format!("{} of {}", capital(session.role().as_str()), session.merchant().name)}</small>
            </div>
            <a class="menu-item" href="/settings/security"><Icon name="shield-check" /><span>"Password and sessions"</span></a>
            <a class="menu-item" href="/settings/shop"><Icon name="settings" /><span>"Settings"</span></a>
            <ActionForm action=sign_out>
                <button class="menu-item" type="submit"><Icon name="log-out" /><span>"Sign out"</span></button>
            </ActionForm>
        </Menu>
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
