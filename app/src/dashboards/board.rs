//! The dashboard once there are figures.

use super::address::use_address;
use super::api::Board;
use super::figure::SalesFigure;
use super::filters::FilterChips;
use super::notes_button::NotesButton;
use super::pickers::{ComparisonPicker, GrainPicker, PickerBar, RangePicker, Seen, part_of};
use crate::charts::{CardFiles, ChartPayload, ChartView, OpenTables};
use crate::session::use_session;
use crate::ui::{LinkButton, Notice, PageHead, Tone};
use domain::dashboards::DashboardView;
use domain::semantic::Dimension;
use domain::{AppError, Permission, format};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What one can do on the page, and what is chosen. It stays while figures come.
#[component]
pub(super) fn SalesHead(board: Resource<Result<Board, AppError>>, view: Memo<DashboardView>) -> impl IntoView {
    let may_add = use_session().can(Permission::AddData);
    let freshness = move || part_of(board, |board| board.freshness.clone());
    let finding = Memo::new(move |_| part_of(board, |board| Some(board.finding.clone())));
    let seen = Memo::new(move |_| {
        let of = |board: &Board| view.with_untracked(|view| Seen::of("", view, board.range).against(board.compared_range).by(board.grain));
        part_of(board, |board| board.freshness.is_some().then(|| of(board)))
    });
    view! {
        <Show when=move || seen.with(Option::is_some)>
            <PageHead title="Sales" lead=finding>
                <NotesButton />
                {may_add.then(|| view! { <LinkButton href="/data/add" icon="plus">"Add data"</LinkButton> })}
            </PageHead>
        </Show>
        <PickerBar
            seen
            pickers=move |seen| {
                view! {
                    <RangePicker view seen />
                    <ComparisonPicker view seen />
                    <GrainPicker view seen />
                }
                .into_any()
            }
            note=move || view! { <p class="board-freshness">{freshness}</p> }
        />
    }
}

/// What was found out: figures, pictures.
#[component]
pub(super) fn SalesBoard(board: Board, view: Memo<DashboardView>, open_tables: OpenTables) -> impl IntoView {
    let Board { figures, charts, range, notices, .. } = board;
    let (navigate, address) = (use_navigate(), use_address());
    let on_filter = Callback::new(move |(dimension, value): (Dimension, String)| {
        let target = address.href(&view.get_untracked().toggled(dimension, &value));
        navigate(&target, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let figures = figures.into_iter().map(|figure| view! { <SalesFigure figure /> }).collect_view();
    let days = format::range(range);
    let charts = charts.into_iter().map(|chart| view! { <BoardChart chart view open_tables on_filter days=days.clone() /> }).collect_view();
    let notices = notices.into_iter().map(|notice| view! { <Notice tone=Tone::Info>{notice}</Notice> }).collect_view();
    view! {
        <FilterChips view />
        {notices}
        <h2 class="visually-hidden">"Figures"</h2>
        <section class="board-figures" aria-label="Figures">{figures}</section>
        <section class="board-charts" aria-label="Charts">{charts}</section>
    }
}

#[component]
fn BoardChart(
    chart: ChartPayload,
    view: Memo<DashboardView>,
    open_tables: OpenTables,
    on_filter: Callback<(Dimension, String)>,
    days: String,
) -> impl IntoView {
    let dimension = chart.filter.as_ref().map(|filter| filter.dimension);
    let filters = view.get_untracked().filters;
    let active = filters.into_iter().filter(|filter| Some(filter.dimension) == dimension).flat_map(|filter| filter.values).collect();
    view! { <ChartView chart open_tables active on_filter files=Some(CardFiles { days, ..CardFiles::default() }) /> }
}
