use super::api::allowed_hosts;
use super::api::{list_boards, reorder_boards};
use super::board_row::BoardRow;
use super::hosts_card::HostsCard;
use crate::session::use_session;
use crate::ui::{ButtonKind, DeniedState, EmptyState, LinkButton, Loaded, PageHead, focus_soon, use_toasts};
use domain::Permission;
use domain::embeds::EmbedSummary;
use domain::ids::EmbedId;
use leptos::prelude::*;

/// The shop's boards for those who set them up.
#[component]
pub fn BoardSettingsPage() -> impl IntoView {
    let session = use_session();
    let may = move || session.can(Permission::ManageBoards);
    view! {
        <PageHead title="Boards" lead="Boards of other tools, who may see them, and in which order".to_owned()>
            <Show when=may>
                <LinkButton href="/settings/boards/add" kind=ButtonKind::Primary icon="plus" attr:rel="external">"Add a board"</LinkButton>
            </Show>
        </PageHead>
        <Show when=may fallback=|| view! { <DeniedState permission=Permission::ManageBoards /> }>
            <All />
        </Show>
    }
}

#[component]
fn All() -> impl IntoView {
    let boards = Resource::new(|| (), |()| list_boards());
    let hosts = Resource::new(|| (), |()| allowed_hosts());
    let list = move |boards: Vec<EmbedSummary>| {
        if boards.is_empty() {
            let text =
                "Paste the link of a board from Looker Studio, Tableau, Power BI, Metabase, Superset or another tool. It takes less than a minute.";
            return view! { <EmptyState title="No boards yet" text icon="chart-column" /> }.into_any();
        }
        view! { <Boards boards /> }.into_any()
    };
    view! {
        <Loaded resource=boards render=list lines=5 />
        <Loaded resource=hosts render=|hosts| view! { <HostsCard hosts /> }.into_any() lines=1 />
    }
}

/// The list; a move shows at once and is taken back when the server refuses it.
#[component]
fn Boards(boards: Vec<EmbedSummary>) -> impl IntoView {
    let toasts = use_toasts();
    let shown = RwSignal::new(boards);
    let said = RwSignal::new(String::new());
    // One order at a time goes to the server, the newest last: two at once could overtake each other.
    let wanted = StoredValue::new(None::<Vec<EmbedId>>);
    let next = move || wanted.try_update_value(Option::take).flatten();
    let store = Action::new(move |(): &()| async move {
        while let Some(ids) = next() {
            if let Err(error) = reorder_boards(ids).await {
                toasts.failed(&error);
                if let Ok(boards) = list_boards().await {
                    // The page may have been left meanwhile. What was moved since then is taken back too.
                    let _ = shown.try_set(boards);
                    let _ = next();
                }
            }
        }
    });
    let on_move = Callback::new(move |(id, by): (EmbedId, isize)| {
        if let Some((words, ids)) = moved(shown, id, by) {
            said.set(words);
            wanted.set_value(Some(ids));
            if !store.pending().get_untracked() {
                store.dispatch(());
            }
            // A row that moves in the document loses the focus; it gets it back.
            focus_soon(format!("board-{id}"));
        }
    });
    view! {
        <p class="field-hint">"Members see the boards in this order. Move one with its arrows, or with Alt and an arrow key."</p>
        <ul class="board-list">
            <For each=move || shown.get() key=|board| board.id let:board>
                <BoardRow board shown on_move />
            </For>
        </ul>
        <p class="visually-hidden" role="status">{said}</p>
    }
}

/// Moves a board by one place; what to say and the new order, or nothing at an end of the list.
fn moved(shown: RwSignal<Vec<EmbedSummary>>, id: EmbedId, by: isize) -> Option<(String, Vec<EmbedId>)> {
    let mut boards = shown.get_untracked();
    let from = boards.iter().position(|board| board.id == id)?;
    let to = from.checked_add_signed(by).filter(|to| *to < boards.len())?;
    boards.swap(from, to);
    let words = format!("{} is now number {} of {}", boards[to].title, to + 1, boards.len());
    let ids = boards.iter().map(|board| board.id).collect();
    shown.set(boards);
    Some((words, ids))
}
