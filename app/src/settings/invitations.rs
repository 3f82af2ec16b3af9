use crate::session::use_session;
use crate::settings::api::list_invitations;
use crate::settings::role_select::{capital, role_groups};
use crate::settings::{Invite, RevokeInvitation};
use crate::ui::{
    Button, ButtonKind, Card, CopyField, FormErrors, FormProblem, Instant, Loaded, Notice, SelectField, Table, TextField, Tone, checked, last_made,
    toast_results,
};
use domain::Role;
use domain::accounts::{CreatedInvitation, InvitationSummary};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Inviting people by a link, and the links that are open.
#[component]
pub(crate) fn Invitations() -> impl IntoView {
    let invite = ServerAction::<Invite>::new();
    let revoke = ServerAction::<RevokeInvitation>::new();
    toast_results(revoke, "Invitation withdrawn; its link works no longer");
    let invitations = Resource::new(move || (invite.version().get(), revoke.version().get()), |_| list_invitations());
    let table = move |invitations: Vec<InvitationSummary>| {
        if invitations.is_empty() {
            return view! { <p class="soft">"No invitation is open."</p> }.into_any();
        }
        let rows = invitations.into_iter().map(|invitation| view! { <InvitationRow invitation revoke /> }).collect_view();
        view! { <Table caption="Open invitations" headings=vec!["E-mail address", "Role", "Works until", ""]>{rows}</Table> }.into_any()
    };
    view! {
        <Card title="Invite somebody" lead="You get a link to pass on; it is also sent by mail where mail is set up.">
            <InviteForm invite />
        </Card>
        <Card title="Open invitations">
            <Loaded resource=invitations render=table lines=2 />
        </Card>
    }
}

#[component]
fn InviteForm(invite: ServerAction<Invite>) -> impl IntoView {
    let session = use_session();
    let errors = FormErrors::of(invite);
    let check = errors.check(|call: &Invite| checked(&call.input));
    let made = last_made(invite, "invite");
    let shown = move |CreatedInvitation { invitation, link }| {
        view! {
            <Notice tone=Tone::Good live=true>
                <p>{format!("The link for {}. It is shown only this once.", invitation.email)}</p>
                <CopyField label="Invitation link" text=link />
            </Notice>
        }
    };
    view! {
        <ActionForm action=invite attr:id="invite" attr:class="stack" attr:novalidate=true on:submit:capture=check>
            <FormProblem errors />
            <div class="form-inline">
                <TextField label="E-mail address" name="input[email]" kind="email" autocomplete="off" required=true error=errors.field("email") />
                <SelectField label="Role" name="input[role]" groups=role_groups(session.role()) selected=Role::Viewer.as_str().to_owned() />
                <Button kind=ButtonKind::Primary submit=true busy=invite.pending()>"Make the link"</Button>
            </div>
        </ActionForm>
        {move || made.get().map(shown)}
    }
}

#[component]
fn InvitationRow(invitation: InvitationSummary, revoke: ServerAction<RevokeInvitation>) -> impl IntoView {
    let InvitationSummary { id, email, role, expires_at } = invitation;
    view! {
        <tr>
            <td>{email.clone()}</td>
            <td>{capital(role)}</td>
            <td class="nowrap"><Instant at=expires_at /></td>
            <td>
                <ActionForm action=revoke attr:class="row">
                    <input type="hidden" name="id" value=id.to_string() />
                    <Button kind=ButtonKind::Danger submit=true attr:aria-label=format!("Withdraw the invitation of {email}")>"Withdraw"</Button>
                </ActionForm>
            </td>
        </tr>
    }
}
