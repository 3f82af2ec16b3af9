use crate::accounts::AcceptInvitation;
use crate::accounts::api::preview_invitation;
use crate::accounts::entry::Entry;
use crate::settings::capital;
use crate::ui::{Button, ButtonKind, FormErrors, FormProblem, Loaded, TextField, checked};
use domain::accounts::InvitationPreview;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Joining a shop by a link.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token")).unwrap_or_default());
    let preview = Resource::new(move || token.get(), preview_invitation);
    let form = move |preview| view! { <JoinForm preview token=token.get_untracked() /> }.into_any();
    view! {
        <Entry title="Join a shop" lead="Somebody wants to share their figures with you.">
            <Loaded resource=preview render=form />
        </Entry>
    }
}

#[component]
fn JoinForm(preview: InvitationPreview, token: String) -> impl IntoView {
    let accept = ServerAction::<AcceptInvitation>::new();
    let errors = FormErrors::of(accept);
    let check = errors.check(|call: &AcceptInvitation| checked(&call.input));
    let InvitationPreview { merchant_name, email, role, has_account } = preview;
    let (label, autocomplete, hint) = if has_account {
        ("Your password", "current-password", "The password of your account at this address.")
    } else {
        ("Choose a password", "new-password", "At least 10 characters. A few words in a row are easy to remember.")
    };
    view! {
        <dl class="facts">
            <div><dt>"Shop"</dt><dd>{merchant_name}</dd></div>
            <div><dt>"Your address"</dt><dd>{email.clone()}</dd></div>
            <div><dt>"Your role"</dt><dd>{capital(role)} <small>{role.explanation()}</small></dd></div>
        </dl>
        <ActionForm action=accept attr:class="form" attr:novalidate=true on:submit:capture=check>
            <FormProblem errors />
            <input type="hidden" name="input[token]" value=token />
            <input type="hidden" autocomplete="username" value=email />
            <TextField label name="input[password]" kind="password" autocomplete hint required=true error=errors.field("password") />
            <Button kind=ButtonKind::Primary submit=true busy=accept.pending()>"Join the shop"</Button>
        </ActionForm>
    }
}
