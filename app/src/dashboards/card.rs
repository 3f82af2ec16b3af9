//! A card of a board.

use super::payload::{Content, ShownCard};
use crate::charts::{ChartView, DataTable, OpenTables, Sparkline, save_text};
use crate::ui::{Direction, FigureCard, Icon};
use domain::charts::TableData;
use domain::dashboards::{DashboardView, Figure};
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
) -> impl IntoView {
    let ShownCard { title, subtitle, width, content, .. } = card;
    let content = match content {
        Content::Figure(figure) => view! { <FigureTile title figure /> }.into_any(),
        Content::Chart(chart) => {
            let dimension = chart.filter.as_ref().map(|filter| filter.dimension);
            let filters = view.map(|view| view.get_untracked().filters).unwrap_or_default().into_iter();
            let chosen = filters.filter(|filter| Some(filter.dimension) == dimension && filter.op == FilterOp::In);
            let active: Vec<String> = chosen.flat_map(|filter| filter.values).collect();
            match on_filter {
                Some(on_filter) => view! { <ChartView chart=*chart open_tables active on_filter /> }.into_any(),
                None => view! { <ChartView chart=*chart open_tables /> }.into_any(),
            }
        }
        Content::Table(table) => view! { <TableCard title subtitle table /> }.into_any(),
        Content::Empty(words) => view! { <QuietCard title words icon="ban" /> }.into_any(),
        Content::Failed(words) => view! { <QuietCard title words icon="circle-alert" /> }.into_any(),
    };
    view! { <div class=format!("board-cell board-cell-{width}")>{content}</div> }
}

#[component]
fn FigureTile(title: String, figure: Figure) -> impl IntoView {
    let Figure { measure, value, change, sparkline } = figure;
    let direction = change.as_ref().map(|change| match change.direction {
        1.. => Direction::Up,
        0 => Direction::Same,
        _ => Direction::Down,
    });
    let is_good = change.as_ref().and_then(|change| change.is_good);
    let sentence = change.map(|change| change.sentence);
    view! {
        <div class="figure-cell">
            <FigureCard label=title value change=sentence direction is_good definition=measure.entry().definition>
                <Sparkline values=sparkline />
            </FigureCard>
        </div>
    }
}

#[component]
fn TableCard(title: String, subtitle: String, table: TableData) -> impl IntoView {
    let csv = table.clone();
    let name = format!("{}.csv", title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let label = title.clone();
    view! {
        <section class="card chart table-card" aria-label=label>
            <header class="chart-head">
                <div>
                    <h2 class="chart-title">{title.clone()}</h2>
                    <p class="chart-subtitle">{crate::ui::sentence(&subtitle)}</p>
                </div>
                <div class="chart-tools">
                    <button type="button" class="chart-tool" title="Download these figures as a CSV file" on:click=move |_| save_text(&name, &csv.to_csv())>
                        <Icon name="download" />
                        <span>"CSV"</span>
                    </button>
                </div>
            </header>
            <DataTable caption=title table with_bars=true />
        </section>
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
