use super::CreateBoard;
use super::audience::Audience;
use super::draft::Draft;
use super::options::MoreOptions;
use super::paste_box::{PasteBox, Recognised};
use super::secret_fields::SecretInputs;
use super::text_box::TextBox;
use crate::session::use_session;
use crate::settings::list_members;
use crate::ui::{Breadcrumb, Button, ButtonKind, Card, Checkbox, Crumb, DeniedState, FormErrors, FormProblem, LinkButton, PageHead};
use domain::Permission;
use domain::embeds::{EmbedTool, Pasted};
use leptos::prelude::*;

/// From a pasted link to a board that others see: a link, a title, and who may see it.
#[component]
pub fn AddBoardPage() -> impl IntoView {
    let session = use_session();
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Boards", "/settings/boards")] />
        <PageHead title="Add a board" lead="Paste its link, and the people you choose see it beside your own figures".to_owned() />
        <Show
            when=move || session.can(Permission::ManageBoards)
            fallback=|| view! { <DeniedState permission=Permission::ManageBoards /> }
        >
            <AddForm />
        </Show>
    }
}

#[component]
fn AddForm() -> impl IntoView {
    let draft = Draft::empty();
    let recognised = draft.recognised();
    let members = Resource::new(|| (), |()| list_members());
    let create = ServerAction::<CreateBoard>::new();
    let errors = FormErrors::of(create);
    Effect::new(move |_| {
        if let Some(Ok(board)) = create.value().get() {
            // A page of its own: which frames a page may show is settled when it is loaded.
            let _ = window().location().set_href(&format!("/boards/{}", board.id));
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        create.dispatch(CreateBoard { input: draft.input() });
    };
    let pasted = Memo::new(move |_| recognised.with(|found| found.as_ref()?.as_ref().ok().cloned()));
    let takes_locked = Signal::derive(move || tool(pasted, draft).is_some_and(EmbedTool::takes_locked_parameters));
    view! {
        <form class="stack" on:submit=send novalidate=true>
            <FormProblem errors />
            <Card>
                <div class="stack">
                    <PasteBox draft recognised refused=errors.field("paste") />
                    <SecretPart draft recognised />
                    <div class="form-row">
                        <TextBox
                            id="board-title"
                            label="Title"
                            value=draft.title
                            placeholder="Weekly marketing"
                            error=errors.field("title")
                            on_type=Callback::new(move |()| draft.has_own_title.set(true))
                        />
                        <div class="stack"><Audience draft members /></div>
                    </div>
                    <MoreOptions draft takes_locked />
                </div>
            </Card>
            <div class="form-actions">
                <Button kind=ButtonKind::Primary submit=true busy=create.pending() disabled=Signal::derive(move || pasted.with(Option::is_none))>
                    "Add the board"
                </Button>
                <LinkButton href="/settings/boards" kind=ButtonKind::Quiet>"Back without adding"</LinkButton>
            </div>
        </form>
    }
}

/// The tool and its way of embedding, as far as it is known.
fn tool(pasted: Memo<Option<Pasted>>, draft: Draft) -> Option<EmbedTool> {
    pasted.with(|pasted| pasted.as_ref().map(|pasted| if draft.is_signed.get() { pasted.tool.signed_form() } else { pasted.tool }))
}

/// The tool's secret: asked for where nothing is shown without it, offered where it spares viewers their signing in.
#[component]
pub(super) fn SecretPart(draft: Draft, recognised: Recognised) -> impl IntoView {
    let fields = Memo::new(move |_| {
        recognised.with(|found| match found {
            Some(Ok(pasted)) => (pasted.secret_fields.clone(), pasted.needs_secret),
            _ => (Vec::new(), false),
        })
    });
    let shows = move || fields.with(|(fields, needs)| !fields.is_empty() && (*needs || draft.is_signed.get()));
    view! {
        <Show when=move || fields.with(|(fields, needs)| !fields.is_empty() && !needs)>
            <Checkbox
                name="is-signed"
                label="Sign viewers in with a secret of the tool, so that they need no account of their own"
                checked=draft.is_signed
                on_change=Callback::new(move |is_on| {
                    draft.is_signed.set(is_on);
                    draft.secret.set(std::collections::BTreeMap::new());
                })
            />
        </Show>
        {move || shows().then(|| view! { <SecretInputs fields=fields.get().0 values=draft.secret /> })}
    }
}
