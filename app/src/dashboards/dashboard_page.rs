//! A board of questions on its page.

use super::address::{query_of, use_address, view_of};
use super::boards_api::get_dashboard;
use super::card::BoardCardView;
use super::empty::NoSalesYet;
use super::filter_adder::AddFilter;
use super::filters::{FilterChips, in_words};
use super::fresh::{IN_A_PAGE, Shown, keep_fresh};
use super::notes_button::NotesButton;
use super::own_actions::OwnActions;
use super::payload::{ShownBoard, ShownCard};
use super::pickers::{ComparisonPicker, GrainPicker, PickerBar, RangePicker, Seen, part_of};
use super::rest::{Rest, Slot, WhatIsMissing};
use super::segments::have_lists;
use super::skeleton::{BoardSkeleton, CardGhost};
use super::tv_page::board_pulse_of;
use crate::charts::{CardFiles, OpenTables};
use crate::session::use_session;
use crate::ui::{ButtonKind, EmptyState, ErrorState, Icon, LinkButton, Notice, PageHead, Tone};
use domain::dashboards::{BoardCard, BoardKey, DashboardView, StandardBoard};
use domain::semantic::Dimension;
use domain::{AppError, Permission};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use std::sync::Arc;

/// The board that the address names.
pub(super) fn use_key() -> Memo<Option<BoardKey>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("key")?.parse().ok()))
}

/// Reads a board: whole, or with those cards that are there soon.
pub(super) async fn load(key: Option<BoardKey>, query: String, whole: bool) -> Result<ShownBoard, AppError> {
    get_dashboard(key.ok_or_else(|| AppError::not_found("board"))?, query, whole).await
}

/// A board of questions. What is seen stands in the address, so that it can be shared and gone back to.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let key = use_key();
    let search = use_location().search;
    let view = Memo::new(move |_| search.with(|search| view_of(search)));
    // What is seen gives way to what is new at once, and not card by card.
    let whole = StoredValue::new(false);
    let board = Resource::new(
        move || (key.get(), view.with(query_of)),
        move |(key, query)| load(key, query, whole.try_update_value(std::mem::take).unwrap_or_default()),
    );
    let read_anew = Callback::new(move |()| {
        whole.set_value(true);
        board.refetch();
    });
    let shown = RwSignal::new(Shown::default());
    Effect::new(move |_| shown.set(Shown::of(board.get().map(|board| board.map(|board| board.pulse)))));
    // The board of the latest day asks again by itself.
    let is_today = move || key.get() == Some(BoardKey::Standard(StandardBoard::Today));
    let every = Signal::derive(move || is_today().then_some(IN_A_PAGE));
    keep_fresh(every, shown, move || board_pulse_of(key.get_untracked()), read_anew);
    let pending = RwSignal::new(false);
    let open_tables = OpenTables::default();
    let retry = Callback::new(move |()| board.refetch());
    view! {
        <div class="sales" aria-busy=move || if pending.get() { "true" } else { "false" }>
            <Transition fallback=BoardSkeleton set_pending=pending>
                <BoardHead board view />
                {move || Suspend::new(async move {
                    match board.await {
                        Ok(board) if !board.has_data => view! { <Blank board view /> }.into_any(),
                        Ok(board) => view! { <Board board view open_tables read_anew /> }.into_any(),
                        Err(error) => view! { <PageHead title="Board" /> <ErrorState error retry /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

/// Whether it is the board of one product, country or customer: its subject stands in the address alone.
fn is_of_one_thing(key: BoardKey) -> bool {
    matches!(key, BoardKey::Standard(board) if board.looks_at().is_some())
}

/// A board before there are any data: its name, what can be done with it, and the way to add some.
#[component]
fn Blank(board: ShownBoard, view: Memo<DashboardView>) -> impl IntoView {
    let ShownBoard { key, title, is_archived, .. } = board;
    view! {
        <NoSalesYet title=title.clone()>
            <BoardActions key title is_archived view />
        </NoSalesYet>
    }
}

/// The board's name, what can be done with it, and what is chosen. It stays while cards come.
#[component]
fn BoardHead(board: Resource<Result<ShownBoard, AppError>>, view: Memo<DashboardView>) -> impl IntoView {
    let named = Memo::new(move |_| {
        let named = |board: &ShownBoard| (board.key, board.title.clone(), board.description.clone(), board.is_archived);
        part_of(board, |board| board.has_data.then(|| named(board)))
    });
    let seen = Memo::new(move |_| {
        let of =
            |board: &ShownBoard| view.with_untracked(|view| Seen::of(board.key, view, board.range).against(board.compared_range).by(board.grain));
        part_of(board, |board| board.has_data.then(|| of(board)))
    });
    let freshness = move || part_of(board, |board| board.freshness.clone());
    let head = move || {
        let (key, title, description, is_archived) = named.get()?;
        let lead = (!description.is_empty()).then_some(description);
        Some(view! {
            <PageHead title=title.clone() lead>
                <BoardActions key title is_archived view />
            </PageHead>
            {is_archived.then(|| view! { <Notice tone=Tone::Info>"This board was put away. It is still here, but stands last in the list."</Notice> })}
        })
    };
    view! {
        {head}
        <PickerBar
            seen
            pickers=move |seen| {
                view! {
                    <RangePicker view seen />
                    <ComparisonPicker view seen />
                    <GrainPicker view seen />
                    <AddFilter view />
                }
                .into_any()
            }
            note=move || view! { <p class="board-freshness">{freshness}</p> }
        />
    }
}

/// What is on a board.
#[component]
fn Board(mut board: ShownBoard, view: Memo<DashboardView>, open_tables: OpenTables, read_anew: Callback<()>) -> impl IntoView {
    let rest = Rest::of(&mut board, view, read_anew);
    let ShownBoard { key, range, compared_range, notices, .. } = board;
    let (navigate, address) = (use_navigate(), use_address());
    let on_filter = Callback::new(move |(dimension, value): (Dimension, String)| {
        let target = address.href(&view.get_untracked().toggled(dimension, &value));
        navigate(&target, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    // Without its subject it says so itself.
    let is_of_one = is_of_one_thing(key);
    // On paper nothing can be chosen: what was chosen stands there in words.
    let compared = compared_range.map(|compared| format!("compared with {}", domain::format::range(compared)));
    let filters = view.with_untracked(|view| in_words(&view.filters));
    let printed = [vec![domain::format::range(range)], compared.into_iter().collect(), filters].concat().join(" · ");
    let (query, role) = (view.with_untracked(query_of), use_session().role());
    let of_lists = query.clone();
    let files = move |index: usize, has_rows: bool| CardFiles {
        days: domain::format::range(range),
        rows: has_rows.then(|| format!("/dashboards/{key}/cards/{index}/rows")),
        table: Some(format!("/api/v1/dashboards/{key}/cards/{index}/table")),
        query: query.clone(),
    };
    // An analysis looks at many orders at once: it has no rows of its own.
    let card = move |(asked, card): (BoardCard, ShownCard)| {
        let files =
            Some((card.place, files(card.place, asked.analysis.is_none() && asked.question.measures.iter().all(|measure| measure.has_rows()))));
        let lists = have_lists(key, &asked, card.picture, role).then(|| of_lists.clone());
        view! { <BoardCardView card open_tables view on_filter files lists /> }
    };
    let slot = move |slot: Slot| match slot {
        Slot::Card(shown) => card(Arc::unwrap_or_clone(shown)).into_any(),
        Slot::Shape(shape) => view! { <CardGhost shape /> }.into_any(),
    };
    view! {
        <FilterChips view />
        <p class="print-words">{printed}</p>
        {notices.into_iter().map(|notice| view! { <Notice tone=Tone::Warning>{notice}</Notice> }).collect_view()}
        <Show when=move || !is_of_one && rest.is_nothing()>
            <NoCards key />
        </Show>
        <h2 class="visually-hidden">"Cards"</h2>
        <section class="board-grid" aria-label="Cards">
            <For each=move || rest.slots() key=Slot::id children=slot />
            <WhatIsMissing rest />
        </section>
    }
}

/// A board without cards says what is missing.
#[component]
fn NoCards(key: BoardKey) -> impl IntoView {
    let may_build = use_session().can(Permission::BuildBoards);
    let next = if may_build { "Change it to pin your first question." } else { "They appear here as soon as somebody pins one." };
    match key {
        BoardKey::Own(_) => view! { <EmptyState title="This board has no cards yet" text=next icon="layers" /> },
        BoardKey::Standard(_) => view! {
            <EmptyState
                title="Nothing to show yet"
                text="Your data do not tell of this so far. The cards appear by themselves as soon as they do: stock levels for the inventory, for example."
                icon="layers"
            />
        },
    }
}

/// What can be done with a board. Those that come with the product can be copied.
#[component]
fn BoardActions(key: BoardKey, title: String, is_archived: bool, view: Memo<DashboardView>) -> impl IntoView {
    let session = use_session();
    let may = move || session.can(Permission::BuildBoards);
    let is_own = matches!(key, BoardKey::Own(_));
    // What is seen now goes along.
    let page = move |part: &'static str| {
        Signal::derive(move || {
            let query = view.with(query_of);
            let mark = if query.is_empty() { "" } else { "?" };
            format!("/dashboards/{key}/{part}{mark}{query}")
        })
    };
    let pdf = move || {
        let query = view.with(query_of);
        format!("/api/v1/dashboards/{key}/pdf{}{query}", if query.is_empty() { "" } else { "?" })
    };
    view! {
        <NotesButton />
        <button type="button" class="button button-quiet" data-print="" title="Print this board">
            <Icon name="scroll-text" />
            <span>"Print"</span>
        </button>
        <a class="button button-quiet" href=pdf download="" rel="external" title="This board on A4 pages, for mails and meetings">
            <Icon name="download" />
            <span>"PDF"</span>
        </a>
        <LinkButton href=page("tv") kind=ButtonKind::Quiet icon="monitor">"Screen"</LinkButton>
        <Show when=may>
            <LinkButton href=page("sharing") kind=ButtonKind::Quiet icon="link">"Share"</LinkButton>
        </Show>
        <Show when=move || may() && !is_of_one_thing(key)>
            <LinkButton href=format!("/dashboards/new?from={key}") kind=ButtonKind::Quiet icon="copy">"Copy"</LinkButton>
        </Show>
        <Show when=move || may() && is_own>
            <OwnActions key title=title.clone() is_archived />
        </Show>
    }
}
