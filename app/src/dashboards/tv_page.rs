//! A board on a wall, for members: large, always fresh, and several in turn.

use super::address::{query_of, view_of};
use super::boards_api::list_dashboards;
use super::dashboard_page::{load, use_key};
use super::fresh::{ON_A_WALL, Shown, keep_fresh};
use super::links_api::board_pulse;
use super::payload::ShownBoard;
use super::screen::{Screen, Show, TURNS};
use super::sheet::{Heading, Sheet};
use super::skeleton::BoardSkeleton;
use crate::charts::OpenTables;
use crate::ui::ErrorState;
use domain::AppError;
use domain::dashboards::{BoardKey, BoardSummary, DashboardView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// A board without anything around it. `rotate=30` shows the person's favourites in turn, 30 seconds each.
#[component]
pub fn TvPage() -> impl IntoView {
    let key = use_key();
    let search = use_location().search;
    let view = Memo::new(move |_| search.with(|search| view_of(search)));
    let seconds = Memo::new(move |_| search.with(|search| seconds_of(search)));
    let board = Resource::new(move || (key.get(), view.with(query_of)), |(key, query)| load(key, query, true));
    let turns = Resource::new(move || seconds.get().is_some(), playlist);
    let open_tables = OpenTables::default();
    let (shown, in_turn) = (RwSignal::new(Shown::default()), RwSignal::new(Vec::<BoardKey>::new()));
    Effect::new(move |_| shown.set(Shown::of(board.get().map(|board| board.map(|board| board.pulse)))));
    Effect::new(move |_| in_turn.set(turns.get().and_then(Result::ok).unwrap_or_default()));
    let ask = move || board_pulse_of(key.get_untracked());
    keep_fresh(Signal::derive(|| Some(ON_A_WALL)), shown, ask, Callback::new(move |()| board.refetch()));
    let step = Callback::new(move |forward: bool| {
        let next = neighbour(&in_turn.get_untracked(), key.get_untracked()?, forward)?;
        Some(href(next, &view.get_untracked(), seconds.get_untracked()))
    });
    let with_seconds = Callback::new(move |seconds: Option<u32>| match key.get_untracked() {
        Some(key) => href(key, &view.get_untracked(), seconds),
        None => "/boards".to_owned(),
    });
    let exit = Signal::derive(move || {
        let query = view.with(query_of);
        let board = key.get().map_or_else(|| "/boards".to_owned(), |key| format!("/dashboards/{key}"));
        if query.is_empty() { board } else { format!("{board}?{query}") }
    });
    let show = Show { seconds: Some(seconds.into()), step: Some(step), with_seconds: Some(with_seconds) };
    view! {
        <main id="main" class="sales tv" tabindex="-1">
            <Transition fallback=BoardSkeleton>
                {move || Suspend::new(async move {
                    match board.await {
                        Ok(board) => view! { <TvBoard board view open_tables /> }.into_any(),
                        Err(error) => view! { <Title text="Board" /> <h1 class="visually-hidden">"Board"</h1> <ErrorState error /> }.into_any(),
                    }
                })}
            </Transition>
            <Screen exit show />
        </main>
    }
}

/// The pulse of the board that an address names.
pub(super) async fn board_pulse_of(key: Option<BoardKey>) -> Result<String, AppError> {
    board_pulse(key.ok_or_else(|| AppError::not_found("board"))?).await
}

#[component]
fn TvBoard(board: ShownBoard, view: Memo<DashboardView>, open_tables: OpenTables) -> impl IntoView {
    let ShownBoard { title, freshness, range, compared_range, has_data, cards, .. } = board;
    let filters = view.with_untracked(|view| view.filters.clone());
    let heading = Heading { shop: None, title, description: String::new(), range, compared_range, filters, freshness, has_data };
    let cards = cards.into_iter().map(|(_, card)| card).collect();
    view! { <Sheet heading cards open_tables /> }
}

/// The boards that take turns: the person's favourites; without any, all that are not put away.
async fn playlist(is_wanted: bool) -> Result<Vec<BoardKey>, AppError> {
    if !is_wanted {
        return Ok(Vec::new());
    }
    let boards: Vec<BoardSummary> = list_dashboards().await?.into_iter().filter(|board| !board.is_archived).collect();
    let has_favourites = boards.iter().any(|board| board.is_favourite);
    Ok(boards.into_iter().filter(|board| board.is_favourite || !has_favourites).map(|board| board.key).collect())
}

/// The board after or before another; the first where that one takes no turns. None where there is nowhere to go.
fn neighbour(boards: &[BoardKey], now: BoardKey, forward: bool) -> Option<BoardKey> {
    let next = match boards.iter().position(|key| *key == now) {
        Some(at) if forward => boards[(at + 1) % boards.len()],
        Some(at) => boards[(at + boards.len() - 1) % boards.len()],
        None => *boards.first()?,
    };
    (next != now).then_some(next)
}

fn href(key: BoardKey, view: &DashboardView, seconds: Option<u32>) -> String {
    let rotate = seconds.map(|seconds| format!("rotate={seconds}"));
    let query: Vec<String> = [Some(query_of(view)).filter(|query| !query.is_empty()), rotate].into_iter().flatten().collect();
    let page = format!("/dashboards/{key}/tv");
    if query.is_empty() { page } else { format!("{page}?{}", query.join("&")) }
}

/// The seconds in an address: at least 5, so that a board can be read at all.
fn seconds_of(search: &str) -> Option<u32> {
    let value = search.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("rotate="))?;
    value.parse().ok().map(|seconds: u32| seconds.clamp(5, TURNS[TURNS.len() - 1] * 12))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dashboards::StandardBoard;

    #[test]
    fn boards_take_turns_in_a_circle() {
        let [first, second, third] = [StandardBoard::Overview, StandardBoard::Products, StandardBoard::Rhythm].map(BoardKey::Standard);
        let boards = [first, second];
        assert_eq!((neighbour(&boards, first, true), neighbour(&boards, second, true)), (Some(second), Some(first)));
        assert_eq!(neighbour(&boards, first, false), Some(second));
        assert_eq!(neighbour(&boards, third, true), Some(first), "one that is no favourite makes way for them");
        assert_eq!((neighbour(&[first], first, true), neighbour(&[], first, true)), (None, None));
    }

    #[test]
    fn the_seconds_stand_in_the_address_beside_the_view() {
        let view = view_of("?range=30d&rotate=30");
        assert_eq!(
            href(BoardKey::Standard(StandardBoard::Overview), &view, seconds_of("?range=30d&rotate=30")),
            "/dashboards/overview/tv?range=30d&rotate=30"
        );
        assert_eq!((seconds_of("?rotate=0"), seconds_of("?rotate=soon"), seconds_of("")), (Some(5), None, None));
    }
}
