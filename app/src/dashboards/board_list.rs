//! The boards of questions in a list.

use super::boards_api::{MarkDashboard, list_dashboards};
use crate::session::use_session;
use crate::ui::{Badge, Icon, LinkButton, Loaded, Tone, toast_results};
use domain::Permission;
use domain::dashboards::{BoardKey, BoardSummary};
use leptos::prelude::*;

/// All boards of the shop's own figures.
#[component]
pub(crate) fn BoardList() -> impl IntoView {
    let session = use_session();
    let boards = Resource::new(|| (), |()| list_dashboards());
    let mark = ServerAction::<MarkDashboard>::new();
    toast_results(mark, "Kept");
    Effect::new(move |_| {
        if let Some(Ok(())) = mark.value().get() {
            boards.refetch();
        }
    });
    view! {
        <section class="boards-group" aria-label="Your figures">
            <div class="boards-group-head">
                <h2>"Your figures"</h2>
                <Show when=move || session.can(Permission::BuildBoards)>
                    <LinkButton href="/dashboards/new" icon="plus">"New board"</LinkButton>
                </Show>
            </div>
            <Loaded resource=boards render=move |boards| view! { <Tiles boards mark /> }.into_any() lines=4 />
        </section>
    }
}

#[component]
fn Tiles(boards: Vec<BoardSummary>, mark: ServerAction<MarkDashboard>) -> impl IntoView {
    let (away, shown): (Vec<_>, Vec<_>) = boards.into_iter().partition(|board| board.is_archived);
    let tiles = |boards: Vec<BoardSummary>| boards.into_iter().map(|board| view! { <Tile board mark /> }).collect_view();
    let away = (!away.is_empty()).then(|| {
        let count = away.len();
        view! {
            <details class="boards-away">
                <summary>{format!("Put away ({count})")}</summary>
                <ul class="boards-grid">{tiles(away)}</ul>
            </details>
        }
    });
    view! {
        <ul class="boards-grid">{tiles(shown)}</ul>
        {away}
    }
}

#[component]
fn Tile(board: BoardSummary, mark: ServerAction<MarkDashboard>) -> impl IntoView {
    let BoardSummary { key, title, description, cards, is_favourite, .. } = board;
    let icon = match key {
        BoardKey::Standard(_) => "chart-column",
        BoardKey::Own(_) => "layers",
    };
    let verb = if is_favourite { "Take the mark off" } else { "Mark as a favourite" };
    let label = format!("{verb}: {title}");
    view! {
        <li class="board-tile">
            <a class="board-card" href=format!("/dashboards/{key}")>
                <span class="board-icon"><Icon name=icon /></span>
                <h3>{title}</h3>
                {(!description.is_empty()).then(|| view! { <p>{description}</p> })}
                <span class="board-card-foot">
                    <span>{domain::format::counted(cards as i64, "card", "cards")}</span>
                    {matches!(key, BoardKey::Own(_)).then(|| view! { <Badge tone=Tone::Info>"Yours"</Badge> })}
                </span>
            </a>
            <button
                type="button"
                class="board-star"
                aria-pressed=if is_favourite { "true" } else { "false" }
                aria-label=label
                title=verb
                on:click=move |_| {
                    mark.dispatch(MarkDashboard { key, is_favourite: !is_favourite });
                }
            >
                <Icon name="star" />
            </button>
        </li>
    }
}
