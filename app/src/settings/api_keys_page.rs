use crate::session::use_session;
use crate::settings::api::list_api_keys;
use crate::settings::role_select::{capital, role_groups};
use crate::settings::{Confirm, CreateApiKey, RevokeApiKey};
use crate::ui::{
    Button, ButtonKind, Card, CopyField, DeniedState, EmptyState, FormErrors, FormProblem, Instant, Loaded, Notice, PageHead, SelectField, Table,
    TextField, Tone, checked, last_made, toast_results,
};
use domain::accounts::{ApiKeySummary, CreatedApiKey};
use domain::{Permission, Role};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Keys with which programs use the shop's API.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    let session = use_session();
    view! {
        <PageHead title="API keys" lead="With a key, a program of yours can add data and ask for figures".to_owned()>
            <a class="button button-secondary" href="/api/docs" rel="external">"Read the API's manual"</a>
        </PageHead>
        <Show
            when=move || session.can(Permission::ManageApiKeys)
            fallback=|| view! { <DeniedState permission=Permission::ManageApiKeys /> }
        >
            <Keys />
        </Show>
    }
}

#[component]
fn Keys() -> impl IntoView {
    let create = ServerAction::<CreateApiKey>::new();
    let revoke = ServerAction::<RevokeApiKey>::new();
    toast_results(revoke, "Key revoked; it works no longer");
    let keys = Resource::new(move || (create.version().get(), revoke.version().get()), |_| list_api_keys());
    let to_revoke = RwSignal::new(None::<ApiKeySummary>);
    let table = move |keys: Vec<ApiKeySummary>| {
        if keys.is_empty() {
            let text = "Make one when a till, a script or another program should send sales here or read your figures.";
            return view! { <EmptyState title="No keys yet" text icon="key-round" /> }.into_any();
        }
        let rows = keys.into_iter().map(|key| view! { <KeyRow key_summary=key to_revoke /> }).collect_view();
        view! { <Table caption="API keys" headings=vec!["Name", "Begins with", "Role", "Made", "Last used", ""]>{rows}</Table> }.into_any()
    };
    view! {
        <Card title="Make a key">
            <CreateForm create />
        </Card>
        <Card title="Keys">
            <Loaded resource=keys render=table />
        </Card>
        <Confirm
            id="revoke-key"
            title="Revoke this key?"
            what=to_revoke
            says=|key: &ApiKeySummary| format!("Programs that use “{}” ({}…) are refused from now on.", key.name, key.prefix)
            verb="Revoke"
            on_yes=Callback::new(move |key: ApiKeySummary| {
                revoke.dispatch(RevokeApiKey { id: key.id });
            })
        />
    }
}

#[component]
fn CreateForm(create: ServerAction<CreateApiKey>) -> impl IntoView {
    let session = use_session();
    let errors = FormErrors::of(create);
    let check = errors.check(|call: &CreateApiKey| checked(&call.input));
    let made = last_made(create, "make-key");
    let shown = move |CreatedApiKey { key, secret }| {
        view! {
            <Notice tone=Tone::Good live=true>
                <p>{format!("The secret of “{}”. Copy it now: it is shown only this once.", key.name)}</p>
                <CopyField label="Secret of the key" text=secret />
            </Notice>
        }
    };
    view! {
        <ActionForm action=create attr:id="make-key" attr:class="stack" attr:novalidate=true on:submit:capture=check>
            <FormProblem errors />
            <div class="form-inline">
                <TextField label="What it is for" name="input[name]" placeholder="Till in the market hall" required=true error=errors.field("name") />
                <SelectField label="Role" name="input[role]" groups=role_groups(session.role()) selected=Role::Analyst.as_str().to_owned() />
                <Button kind=ButtonKind::Primary submit=true busy=create.pending()>"Make the key"</Button>
            </div>
        </ActionForm>
        {move || made.get().map(shown)}
    }
}

#[component]
fn KeyRow(key_summary: ApiKeySummary, to_revoke: RwSignal<Option<ApiKeySummary>>) -> impl IntoView {
    let ApiKeySummary { name, prefix, role, created_at, last_used_at, .. } = key_summary.clone();
    let last_used = match last_used_at {
        Some(at) => view! { <Instant at /> }.into_any(),
        None => view! { <span class="soft">"Never"</span> }.into_any(),
    };
    view! {
        <tr>
            <td>{name.clone()}</td>
            <td><code>{format!("{prefix}…")}</code></td>
            <td>{capital(role)}</td>
            <td class="nowrap"><Instant at=created_at /></td>
            <td class="nowrap">{last_used}</td>
            <td>
                <div class="row">
                    <Button kind=ButtonKind::Danger attr:aria-label=format!("Revoke {name}") on:click=move |_| to_revoke.set(Some(key_summary.clone()))>
                        "Revoke"
                    </Button>
                </div>
            </td>
        </tr>
    }
}
