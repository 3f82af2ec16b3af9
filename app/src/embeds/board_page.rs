use super::api::{get_board, view_board};
use super::range_menu::RangeMenu;
use super::stage::{BoardStage, Renewal};
use super::words::{access_tone, host};
use crate::session::use_session;
use crate::ui::{Badge, Breadcrumb, Crumb, EmptyState, ErrorState, LinkButton, Notice, PageHead, Skeleton, Tone, use_toasts};
use domain::embeds::{EmbedSummary, EmbedView};
use domain::ids::EmbedId;
use domain::{AppError, ErrorKind, Permission};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

/// The board that the page's address names.
pub(super) fn use_board_id() -> Memo<Option<EmbedId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())))
}

/// The address names no board at all.
pub(super) fn no_board() -> AppError {
    let error = AppError::not_found("board");
    #[cfg(feature = "ssr")]
    crate::session::respond::set_status(&error);
    error
}

/// The range of days in the page's address, as it is spelt there.
fn range_of(query: &str) -> Option<String> {
    let query = query.strip_prefix('?').unwrap_or(query);
    query.split('&').find_map(|pair| pair.strip_prefix("range=")).map(str::to_owned)
}

/// A board, and what its frame shows unless it is switched off.
async fn load(id: Option<EmbedId>, range: Option<String>) -> Result<(EmbedSummary, Option<EmbedView>), AppError> {
    let board = get_board(id.ok_or_else(no_board)?).await?;
    let view = if board.enabled { Some(view_board(board.id, range, false).await?) } else { None };
    Ok((board, view))
}

/// One board of another tool.
#[component]
pub fn BoardPage() -> impl IntoView {
    let id = use_board_id();
    let search = use_location().search;
    let range = Memo::new(move |_| search.with(|search| range_of(search)));
    let board = Resource::new(move || id.get(), move |id| load(id, range.get_untracked()));
    let retry = Callback::new(move |()| board.refetch());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=1 /> <Skeleton lines=1 shape="chart" /> }>
            {move || Suspend::new(async move {
                match board.await {
                    Ok((board, Some(view))) => view! { <Board board view range /> }.into_any(),
                    Ok((board, None)) => view! { <SwitchedOff board /> }.into_any(),
                    Err(error) => {
                        view! {
                            <Breadcrumb crumbs=vec![Crumb::new("Boards", "/boards")] />
                            <PageHead title="Board" />
                            <ErrorState error retry />
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Board(board: EmbedSummary, view: EmbedView, range: Memo<Option<String>>) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let EmbedSummary { id, title, description, tool, access, origin, dates, .. } = board;
    let shown = RwSignal::new(view);
    let has_ended = RwSignal::new(false);
    let renew = Action::new(move |Renewal { previous_secret, by_hand }: &Renewal| {
        let (previous_secret, by_hand) = (*previous_secret, *by_hand);
        async move {
            match view_board(id, range.get_untracked(), previous_secret).await {
                // The page may have been left meanwhile.
                Ok(view) => drop(shown.try_set(view)),
                Err(error) if error.kind == ErrorKind::Unauthorized => drop(has_ended.try_set(true)),
                Err(error) if by_hand => toasts.failed(&error),
                // The frame asks again, and says itself when its board has ended.
                Err(_) => {}
            }
        }
    });
    Effect::new(move |previous: Option<Option<String>>| {
        let range = range.get();
        if previous.is_some_and(|previous| previous != range) {
            renew.dispatch(Renewal { previous_secret: shown.with_untracked(|view| view.previous_secret), by_hand: true });
        }
        range
    });
    let on_renew = Callback::new(move |renewal| {
        // Without a session there is no answer, however often it is asked for.
        if !has_ended.get_untracked() {
            renew.dispatch(renewal);
        }
    });
    let lead = (!description.is_empty()).then_some(description);
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Boards", "/boards")] />
        <PageHead title=title lead=lead>
            <Show when=move || session.can(Permission::ManageBoards)>
                <LinkButton href=format!("/settings/boards/{id}") icon="settings" attr:rel="external">"Edit"</LinkButton>
            </Show>
        </PageHead>
        <div class="board-bar">
            <div class="board-pickers">{dates.map(|_| view! { <RangeMenu path=format!("/boards/{id}") range /> })}</div>
            <p class="board-freshness" title=host(&origin)>
                {tool.label()} " " <Badge tone=access_tone(access)>{access.label()}</Badge>
            </p>
        </div>
        {move || has_ended.get().then(|| view! { <SessionEnded /> })}
        <BoardStage id view=shown access on_renew />
    }
}

/// The board in sight stays, and is no longer renewed.
#[component]
fn SessionEnded() -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning live=true>
            "Your session has ended, so this board is no longer renewed. " <a href="/sign-in" rel="external">"Sign in"</a>
        </Notice>
    }
}

/// Only those who set boards up come to one that nobody sees.
#[component]
fn SwitchedOff(board: EmbedSummary) -> impl IntoView {
    let text = "Nobody sees it, and its tool is not asked for anything. Switch it on in the list of boards.";
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Boards", "/boards")] />
        <PageHead title=board.title />
        <EmptyState title="This board is switched off" text icon="eye-off">
            <LinkButton href="/settings/boards">"Go to the list"</LinkButton>
        </EmptyState>
    }
}
