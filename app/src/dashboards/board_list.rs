//! The boards of questions in a list.

use super::boards_api::{list_dashboards, mark_dashboard};
use crate::session::use_session;
use crate::ui::{Badge, Icon, LinkButton, Loaded, Tone, focus_soon, use_toasts};
use domain::Permission;
use domain::dashboards::{BoardKey, BoardSummary, audience_words};
use leptos::prelude::*;

/// All boards of the shop's own figures.
#[component]
pub(crate) fn BoardList() -> impl IntoView {
    let session = use_session();
    let boards = Resource::new(|| (), |()| list_dashboards());
    let toasts = use_toasts();
    let marked = RwSignal::new(None::<BoardKey>);
    // The tiles are drawn anew in another order: the focus stays with the board.
    Effect::new(move |_| {
        boards.track();
        if let Some(key) = marked.get_untracked() {
            focus_soon(star_id(key));
        }
    });
    let mark = Action::new(move |(key, is_favourite): &(BoardKey, bool)| {
        let (key, is_favourite) = (*key, *is_favourite);
        async move {
            match mark_dashboard(key, is_favourite).await {
                Ok(()) => {
                    toasts.done(if is_favourite { "Marked as a favourite" } else { "No favourite any more" });
                    // The page may have been left meanwhile.
                    if marked.try_set(Some(key)).is_none() {
                        boards.refetch();
                    }
                }
                Err(error) => toasts.failed(&error),
            }
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

/// Marks a board as a person's favourite, or takes the mark off.
type Mark = Action<(BoardKey, bool), ()>;

fn star_id(key: BoardKey) -> String {
    format!("star-{key}")
}

#[component]
fn Tiles(boards: Vec<BoardSummary>, mark: Mark) -> impl IntoView {
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
fn Tile(board: BoardSummary, mark: Mark) -> impl IntoView {
    let BoardSummary { key, title, description, cards, is_favourite, roles, .. } = board;
    let icon = match key {
        BoardKey::Standard(_) => "chart-column",
        BoardKey::Own(_) => "layers",
    };
    let tip = if is_favourite { "Take the mark off" } else { "Mark as a favourite" };
    let label = format!("Favourite: {title}");
    let is_visitor = use_session().is_visitor();
    view! {
        <li class="board-tile">
            <a class="board-card" href=format!("/dashboards/{key}")>
                <span class="board-icon"><Icon name=icon /></span>
                <h3>{title}</h3>
                {(!description.is_empty()).then(|| view! { <p>{description}</p> })}
                <span class="board-card-foot">
                    <span>{domain::format::counted(cards as i64, "card", "cards")}</span>
                    {matches!(key, BoardKey::Own(_)).then(|| view! { <Badge tone=Tone::Info>"Yours"</Badge> })}
                    {audience_words(&roles).map(|who| view! { <Badge tone=Tone::Neutral>{who}</Badge> })}
                </span>
            </a>
            // A visitor is nobody whose favourites could be kept.
            {(!is_visitor).then(|| view! {
                <button
                    type="button"
                    class="board-star"
                    id=star_id(key)
                    aria-pressed=if is_favourite { "true" } else { "false" }
                    aria-label=label
                    title=tip
                    on:click=move |_| { mark.dispatch((key, !is_favourite)); }
                >
                    <Icon name="star" />
                </button>
            })}
        </li>
    }
}
