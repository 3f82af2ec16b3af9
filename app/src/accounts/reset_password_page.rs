use crate::accounts::ResetPassword;
use crate::accounts::entry::Entry;
use crate::ui::{Button, ButtonKind, FormErrors, FormProblem, LinkButton, Notice, TextField, Tone, checked};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Setting a new password by a link from a mail.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let reset = ServerAction::<ResetPassword>::new();
    let errors = FormErrors::of(reset);
    let check = errors.check(|call: &ResetPassword| checked(&call.input));
    let query = use_query_map();
    let token = move || query.with(|query| query.get("token")).unwrap_or_default();
    let is_done = move || matches!(reset.value().get(), Some(Ok(())));
    let form = move || {
        view! {
            <input type="hidden" name="input[token]" value=token />
            <TextField
                label="New password"
                name="input[password]"
                kind="password"
                autocomplete="new-password"
                hint="At least 10 characters. Every session you have now ends."
                required=true
                error=errors.field("password")
            />
            <Button kind=ButtonKind::Primary submit=true busy=reset.pending()>"Set the password"</Button>
        }
    };
    let done = move || {
        view! {
            <Notice tone=Tone::Good live=true>"Your password is changed."</Notice>
            <LinkButton href="/sign-in" kind=ButtonKind::Primary>"Sign in with it"</LinkButton>
        }
    };
    view! {
        <Entry title="Set a new password" lead="The link from your mail works once.">
            <ActionForm action=reset attr:class="form" attr:novalidate=true on:submit:capture=check>
                <FormProblem errors />
                <Show when=move || !is_done() fallback=done>
                    {form()}
                </Show>
            </ActionForm>
            <p class="entry-else">"Link too old? " <a href="/forgot-password">"Ask for another"</a></p>
        </Entry>
    }
}
