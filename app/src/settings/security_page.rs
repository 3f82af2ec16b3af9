use crate::session::use_session;
use crate::settings::ChangePassword;
use crate::settings::sessions::Sessions;
use crate::settings::upload_mails::UploadMails;
use crate::ui::{Button, ButtonKind, Card, EmptyState, FormErrors, FormProblem, PageHead, TextField, checked, use_toasts};
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;

/// One's own password and sessions.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let session = use_session();
    let visitor = || view! { <EmptyState title="You are a visitor here" text="Visitors of the demo shop have no password. Open your own shop, and yours is kept here." icon="shield-check" /> };
    view! {
        <PageHead title="Security" lead="Your own password, your mail, and where you are signed in".to_owned() />
        <Show when=move || !session.is_visitor() fallback=visitor>
            <Own />
        </Show>
    }
}

#[component]
fn Own() -> impl IntoView {
    view! {
        <Card title="Password" lead="When you change it, your other sessions end.">
            <PasswordForm />
        </Card>
        <UploadMails />
        <Sessions />
    }
}

#[component]
fn PasswordForm() -> impl IntoView {
    let change = ServerAction::<ChangePassword>::new();
    let errors = FormErrors::of(change);
    let check = errors.check(|call: &ChangePassword| checked(&call.input));
    let toasts = use_toasts();
    let (current, new) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    Effect::new(move |_| {
        if let Some(Ok(())) = change.value().get() {
            toasts.done("Password changed; your other sessions have ended");
            for input in [current.get_untracked(), new.get_untracked()].into_iter().flatten() {
                input.set_value("");
            }
        }
    });
    view! {
        <ActionForm action=change attr:class="form" attr:novalidate=true on:submit:capture=check>
            <FormProblem errors />
            <div class="form-row">
                <TextField
                    label="Current password"
                    name="input[current_password]"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error=errors.field("current_password")
                    node_ref=current
                />
                <TextField
                    label="New password"
                    name="input[new_password]"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 10 characters."
                    required=true
                    error=errors.field("new_password")
                    node_ref=new
                />
            </div>
            <div class="form-actions">
                <Button kind=ButtonKind::Primary submit=true busy=change.pending()>"Change the password"</Button>
            </div>
        </ActionForm>
    }
}
