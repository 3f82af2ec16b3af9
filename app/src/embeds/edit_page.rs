use super::api::get_board;
use super::audience::Audience;
use super::board_page::{no_board, use_board_id};
use super::draft::Draft;
use super::options::MoreOptions;
use super::paste_box::PasteBox;
use super::secret_card::SecretCard;
use super::text_box::TextBox;
use super::{DeleteBoard, UpdateBoard};
use crate::session::use_session;
use crate::settings::{Confirm, list_members};
use crate::ui::{Breadcrumb, Button, ButtonKind, Card, Crumb, DeniedState, ErrorState, FormErrors, FormProblem, PageHead, Skeleton, toast_results};
use domain::accounts::MemberSummary;
use domain::embeds::EmbedSummary;
use domain::ids::EmbedId;
use domain::{AppError, Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

async fn load(id: Option<EmbedId>) -> Result<EmbedSummary, AppError> {
    get_board(id.ok_or_else(no_board)?).await
}

/// Changes a board, its secret, or takes it away.
#[component]
pub fn EditBoardPage() -> impl IntoView {
    let session = use_session();
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Boards", "/settings/boards")] />
        <Show
            when=move || session.can(Permission::ManageBoards)
            fallback=|| view! { <PageHead title="Board" /> <DeniedState permission=Permission::ManageBoards /> }
        >
            <Found />
        </Show>
    }
}

#[component]
fn Found() -> impl IntoView {
    let id = use_board_id();
    let board = Resource::new(move || id.get(), load);
    let members = Resource::new(|| (), |()| list_members());
    let retry = Callback::new(move |()| board.refetch());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=6 /> }>
            {move || Suspend::new(async move {
                match board.await {
                    Ok(board) => view! { <Edit board members /> }.into_any(),
                    Err(error) => view! { <PageHead title="Board" /> <ErrorState error retry /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Edit(board: EmbedSummary, members: Resource<Result<Vec<MemberSummary>, AppError>>) -> impl IntoView {
    let id = board.id;
    view! {
        <PageHead title=board.title.clone()>
            <a class="button button-secondary" href=format!("/boards/{id}") rel="external">"See the board"</a>
        </PageHead>
        <EditForm board=board.clone() members />
        <SecretCard board=board.clone() />
        <Remove board />
    }
}

#[component]
fn EditForm(board: EmbedSummary, members: Resource<Result<Vec<MemberSummary>, AppError>>) -> impl IntoView {
    let id = board.id;
    let draft = Draft::of(&board);
    let recognised = draft.recognised();
    let update = ServerAction::<UpdateBoard>::new();
    let errors = FormErrors::of(update);
    toast_results(update, "Board saved");
    let takes_locked = board.tool.takes_locked_parameters();
    let was = StoredValue::new(board);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let patch = was.with_value(|was| draft.patch(was));
        update.dispatch(UpdateBoard { id, patch });
    };
    Effect::new(move |_| {
        if let Some(Ok(board)) = update.value().get() {
            draft.paste.set(board.url.clone());
            was.set_value(board);
        }
    });
    view! {
        <form class="stack" on:submit=send novalidate=true>
            <FormProblem errors />
            <Card>
                <div class="stack">
                    <div class="form-row">
                        <TextBox id="board-title" label="Title" value=draft.title error=errors.field("title") />
                        <div class="stack"><Audience draft members /></div>
                    </div>
                    <PasteBox draft recognised refused=errors.field("paste") />
                    <MoreOptions draft takes_locked />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary submit=true busy=update.pending()>"Save"</Button>
                    </div>
                </div>
            </Card>
        </form>
    }
}

#[component]
fn Remove(board: EmbedSummary) -> impl IntoView {
    let delete = ServerAction::<DeleteBoard>::new();
    toast_results(delete, "Board removed");
    let to_delete = RwSignal::new(None::<EmbedSummary>);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(())) = delete.value().get() {
            navigate("/settings/boards", leptos_router::NavigateOptions::default());
        }
    });
    view! {
        <Card title="Remove this board" lead="It goes from everybody's list at once. In the tool itself nothing changes.">
            <div><Button kind=ButtonKind::Danger icon="trash-2" on:click=move |_| to_delete.set(Some(board.clone()))>"Remove the board"</Button></div>
        </Card>
        <Confirm
            id="delete-board"
            title="Remove this board?"
            what=to_delete
            says=|board: &EmbedSummary| {
                let secret = if board.has_secret { ", and its stored secret is destroyed" } else { "" };
                format!("“{}” goes from everybody's list{secret}. In the tool itself nothing changes.", board.title)
            }
            verb="Remove"
            on_yes=Callback::new(move |board: EmbedSummary| {
                delete.dispatch(DeleteBoard { id: board.id });
            })
        />
    }
}
