use super::api::visible_boards;
use super::words::{access_tone, grouped, host, icon};
use crate::dashboards::BoardList;
use crate::session::use_session;
use crate::ui::{Badge, ButtonKind, EmptyState, Icon, LinkButton, Loaded, PageHead};
use domain::Permission;
use domain::embeds::{EmbedAccess, EmbedSummary};
use leptos::prelude::*;

/// The boards that are shared with the member.
#[component]
pub fn BoardsPage() -> impl IntoView {
    let session = use_session();
    let boards = Resource::new(|| (), |()| visible_boards());
    view! {
        <PageHead title="Boards" lead="Your shop’s figures, and the boards of the other tools you work with".to_owned()>
            <Show when=move || session.can(Permission::ManageBoards)>
                <LinkButton href="/settings/boards" icon="settings">"Set up boards"</LinkButton>
            </Show>
        </PageHead>
        <BoardList />
        <Loaded resource=boards render=move |boards| view! { <Boards boards /> }.into_any() lines=6 />
    }
}

#[component]
fn Boards(boards: Vec<EmbedSummary>) -> impl IntoView {
    if boards.is_empty() {
        return view! { <NoBoards /> }.into_any();
    }
    let (start, others): (Vec<_>, Vec<_>) = boards.into_iter().partition(|board| board.is_start);
    let start = start.into_iter().next().map(|board| {
        view! {
            <section class="boards-group" aria-label="Start here">
                <h2>"Start here"</h2>
                <ul class="boards-grid"><BoardCard board /></ul>
            </section>
        }
    });
    let is_alone = start.is_none();
    let groups = grouped(others).into_iter().map(|(name, boards)| view! { <Group name boards is_alone /> }).collect_view();
    view! { {start} {groups} }.into_any()
}

#[component]
fn Group(name: String, boards: Vec<EmbedSummary>, is_alone: bool) -> impl IntoView {
    let shown = if name.is_empty() { "More boards".to_owned() } else { name.clone() };
    let class = if name.is_empty() && is_alone { "visually-hidden" } else { "" };
    let cards = boards.into_iter().map(|board| view! { <BoardCard board /> }).collect_view();
    view! {
        <section class="boards-group" aria-label=shown.clone()>
            <h2 class=class>{shown.clone()}</h2>
            <ul class="boards-grid">{cards}</ul>
        </section>
    }
}

/// Opened as a page of its own: which frames a page may show is settled when it is loaded.
#[component]
fn BoardCard(board: EmbedSummary) -> impl IntoView {
    let EmbedSummary { id, title, description, tool, access, origin, .. } = board;
    view! {
        <li>
            <a class="board-card" href=format!("/boards/{id}") rel="external">
                <span class="board-icon"><Icon name=icon(&board.icon) /></span>
                <h3>{title}</h3>
                {(!description.is_empty()).then(|| view! { <p>{description}</p> })}
                <span class="board-card-foot">
                    <span title=host(&origin)>{tool.label()}</span>
                    {(access == EmbedAccess::SignIn).then(|| view! { <Badge tone=access_tone(access)>{access.label()}</Badge> })}
                </span>
            </a>
        </li>
    }
}

#[component]
fn NoBoards() -> impl IntoView {
    let session = use_session();
    if session.can(Permission::ManageBoards) {
        let text = "Paste the link of a board from Looker Studio, Looker, Tableau, Power BI, Metabase, Superset, Lightdash or Grafana, and say who may see it.";
        view! {
            <EmptyState title="Your other tools' boards will stand here" text icon="chart-column">
                <LinkButton href="/settings/boards/add" kind=ButtonKind::Primary icon="plus" attr:rel="external">"Add a board"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        let text = "An admin or owner of this shop can add boards of your other tools and share them with you.";
        view! { <EmptyState title="No board is shared with you yet" text icon="chart-column" /> }.into_any()
    }
}
