//! A card of a board.

use super::payload::{Content, ShownCard};
use super::segments::SegmentLinks;
use crate::charts::{CardFiles, ChartFilter, ChartView, DataTable, FilesMenu, OpenTables, Sparkline};
use crate::ui::{Direction, FigureCard, Icon};
use domain::charts::TableData;
use domain::dashboards::{DashboardView, Figure, GoalProgress};
use domain::question::FilterOp;
use domain::semantic::Dimension;
use leptos::prelude::*;

/// What a card shows, in its place on the grid.
#[component]
pub(super) fn BoardCardView(
    card: ShownCard,
    open_tables: OpenTables,
    /// By what the board is filtered.
    #[prop(optional)]
    view: Option<Memo<DashboardView>>,
    /// What a click on a category does.
    #[prop(optional)]
    on_filter: Option<Callback<(Dimension, String)>>,
    /// What it can be taken away as; a card that is not saved yet cannot be.
    #[prop(optional_no_strip)]
    files: Option<(usize, CardFiles)>,
    /// The days and filters of the lists that a card of segments leads to.
    #[prop(optional_no_strip)]
    lists: Option<String>,
) -> impl IntoView {
    let ShownCard { title, subtitle, width, content, row_filter, .. } = card;
    let active = |filter: Option<&ChartFilter>| -> Vec<String> {
        let dimension = filter.map(|filter| filter.dimension);
        let filters = view.map(|view| view.get_untracked().filters).unwrap_or_default().into_iter();
        let chosen = filters.filter(|filter| Some(filter.dimension) == dimension && filter.op == FilterOp::In);
        chosen.flat_map(|filter| filter.values).collect()
    };
    let content = match content {
        Content::Figure(figure) => view! { <FigureTile title figure files /> }.into_any(),
        Content::Chart(chart) => {
            let active = active(chart.filter.as_ref());
            let files = files.map(|(_, files)| files);
            match on_filter {
                Some(on_filter) => view! { <ChartView chart=*chart open_tables active on_filter files /> }.into_any(),
                None => view! { <ChartView chart=*chart open_tables files /> }.into_any(),
            }
        }
        Content::Table(table) => {
            let active = active(row_filter.as_ref());
            view! { <TableCard title subtitle table files filter=row_filter active on_filter /> }.into_any()
        }
        Content::Empty(words) => view! { <QuietCard title words icon="ban" /> }.into_any(),
        Content::Failed(words) => view! { <QuietCard title words icon="circle-alert" /> }.into_any(),
    };
    let lists = lists.map(|query| view! { <SegmentLinks query /> });
    view! { <div class=format!("board-cell board-cell-{width}")>{content} {lists}</div> }
}

#[component]
fn FigureTile(title: String, figure: Figure, files: Option<(usize, CardFiles)>) -> impl IntoView {
    let Figure { measure, value, change, sparkline, goal } = figure;
    let direction = change.as_ref().map(|change| match change.direction {
        1.. => Direction::Up,
        0 => Direction::Same,
        _ => Direction::Down,
    });
    let is_good = change.as_ref().and_then(|change| change.is_good);
    let sentence = change.map(|change| change.sentence);
    // A single figure has no table of its own to save: only the server can make its file.
    let menu = files.filter(|(_, files)| files.table.is_some()).map(|(index, files)| {
        let id = format!("figure-{index}");
        view! { <div class="figure-files"><FilesMenu id title=title.clone() files table=None class="figure-help" /></div> }
    });
    view! {
        <div class="figure-cell">
            <FigureCard label=title value change=sentence direction is_good definition=measure.entry().definition>
                {match goal {
                    Some(goal) => view! { <GoalBar goal /> }.into_any(),
                    None => view! { <Sparkline values=sparkline /> }.into_any(),
                }}
            </FigureCard>
            {menu}
        </div>
    }
}

/// How far a goal is reached, and a line where one would be by now. The sentence above it says the same.
#[component]
fn GoalBar(goal: GoalProgress) -> impl IntoView {
    let percent = |share: f64| format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
    let due = goal.due.map(|due| view! { <span class="goal-due" style=format!("left: {}", percent(due))></span> });
    view! {
        <div class="goal-bar" aria-hidden="true">
            <span class="goal-reached" style=format!("width: {}", percent(goal.reached))></span>
            {due}
        </div>
    }
}

#[component]
fn TableCard(
    title: String,
    subtitle: String,
    table: TableData,
    files: Option<(usize, CardFiles)>,
    filter: Option<ChartFilter>,
    active: Vec<String>,
    on_filter: Option<Callback<(Dimension, String)>>,
) -> impl IntoView {
    let menu = files.map(|(index, files)| {
        view! { <FilesMenu id=format!("table-{index}") title=title.clone() files table=Some(table.clone()) /> }
    });
    view! {
        <div class="card chart table-card">
            <header class="chart-head">
                <div>
                    <h2 class="chart-title">{title.clone()}</h2>
                    <p class="chart-subtitle">{crate::ui::sentence(&subtitle)}</p>
                </div>
                <div class="chart-tools">
                    {menu}
                </div>
            </header>
            <DataTable caption=title table filter active on_filter with_bars=true />
        </div>
    }
}

/// A card without figures says why, and the others stand.
#[component]
fn QuietCard(title: String, words: String, icon: &'static str) -> impl IntoView {
    let label = title.clone();
    view! {
        <section class="card quiet-card" aria-label=label>
            <h2 class="chart-title">{title}</h2>
            <p><Icon name=icon /> {crate::ui::sentence(&words)}</p>
        </section>
    }
}
