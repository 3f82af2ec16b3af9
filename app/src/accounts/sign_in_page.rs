use crate::accounts::entry::Entry;
use crate::accounts::{DemoDoor, SignIn};
use crate::ui::{Button, ButtonKind, FormErrors, FormProblem, TextField, checked};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Signing in, and back to where one wanted to go.
#[component]
pub fn SignInPage() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let errors = FormErrors::of(sign_in);
    let check = errors.check(|call: &SignIn| checked(&call.input));
    let query = use_query_map();
    let next = move || query.with(|query| query.get("next")).unwrap_or_default();
    view! {
        <Entry title="Sign in" lead="Back to your figures.">
            <ActionForm action=sign_in attr:class="form" attr:novalidate=true on:submit:capture=check>
                <FormProblem errors />
                <input type="hidden" name="next" value=next />
                <TextField label="E-mail address" name="input[email]" kind="email" autocomplete="username" required=true error=errors.field("email") />
                <TextField
                    label="Password"
                    name="input[password]"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error=errors.field("password")
                />
                <Button kind=ButtonKind::Primary submit=true busy=sign_in.pending()>"Sign in"</Button>
            </ActionForm>
            <p class="entry-else"><a href="/forgot-password">"Forgot your password?"</a></p>
            <p class="entry-else">"New here? " <a href="/sign-up">"Sign up"</a></p>
            <DemoDoor class="button button-secondary" />
        </Entry>
    }
}
