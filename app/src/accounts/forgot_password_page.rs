use crate::accounts::ForgotPassword;
use crate::accounts::entry::Entry;
use crate::ui::{Button, ButtonKind, FormErrors, FormProblem, Notice, TextField, Tone, checked};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Asking for a link that sets a new password.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let ask = ServerAction::<ForgotPassword>::new();
    let errors = FormErrors::of(ask);
    let check = errors.check(|call: &ForgotPassword| checked(&call.input));
    let is_sent = move || matches!(ask.value().get(), Some(Ok(())));
    view! {
        <Entry title="Forgot your password?" lead="Tell us your e-mail address, and we send you a link that sets a new one.">
            <ActionForm action=ask attr:class="form" attr:novalidate=true on:submit:capture=check>
                <FormProblem errors />
                <div aria-live="polite">
                    <Show when=is_sent>
                        <Notice tone=Tone::Good>"If there is an account with this address, a link is on its way. It works for one hour. If no mail comes, ask whoever runs this server."</Notice>
                    </Show>
                </div>
                <TextField label="E-mail address" name="input[email]" kind="email" autocomplete="username" required=true error=errors.field("email") />
                <Button kind=ButtonKind::Primary submit=true busy=ask.pending()>"Send the link"</Button>
            </ActionForm>
            <p class="entry-else"><a href="/sign-in">"Back to signing in"</a></p>
        </Entry>
    }
}
