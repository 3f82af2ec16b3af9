//! A picture on a page: what it says, the picture itself, and its table one key away.

use super::bridge::{clicked_index, has_failed};
use super::{CardFiles, ChartPayload, DataTable, FilesMenu};
use crate::ui::{Icon, Notice, Tone};
use domain::charts::{ChartKind, SeriesRole};
use domain::semantic::Dimension;
use leptos::prelude::*;
use std::collections::BTreeSet;
use web_sys::CustomEvent;

/// Which pictures show their tables. It belongs to the page, so that new figures do not fold a table a person opened.
#[derive(Clone, Copy, Default)]
pub struct OpenTables(RwSignal<BTreeSet<String>>);

impl OpenTables {
    fn is_open(self, id: &str) -> bool {
        self.0.with(|open| open.contains(id))
    }

    fn toggle(self, id: &str) {
        self.0.update(|open| {
            if !open.remove(id) {
                open.insert(id.to_owned());
            }
        });
    }
}

/// A picture with its words, key, table and CSV.
#[component]
pub fn ChartView(
    chart: ChartPayload,
    open_tables: OpenTables,
    /// The values the page is filtered by in this picture's dimension.
    #[prop(optional)]
    active: Vec<String>,
    /// What a click on a category does.
    #[prop(optional)]
    on_filter: Option<Callback<(Dimension, String)>>,
    /// What its files say of themselves; without them it cannot be taken away.
    #[prop(optional_no_strip)]
    files: Option<CardFiles>,
) -> impl IntoView {
    let ChartPayload { id, title, subtitle, summary, kind, option_json, key, rows, filter, table } = chart;
    let hint =
        filter.as_ref().filter(|_| on_filter.is_some()).map(|filter| format!(" · click to filter by {}", filter.dimension.label().to_lowercase()));
    let plot = Plot {
        id: format!("{id}-plot"),
        title: title.clone(),
        words: [subtitle.as_str(), files.as_ref().map_or("", |files| files.days.as_str())]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        option_json,
        height: height(kind, rows),
        is_map: kind == ChartKind::Map,
        is_still: on_filter.is_none(),
    };
    let failed = RwSignal::new(false);
    let click = {
        let filter = filter.clone();
        move |index: usize| {
            if let (Some(filter), Some(on_filter)) = (&filter, on_filter)
                && let Some(value) = filter.value(index)
            {
                on_filter.run((filter.dimension, value.to_owned()));
            }
        }
    };
    let menu = files.map(|files| {
        let (id, title, chart, table) = (id.clone(), title.clone(), Some(plot.id.clone()), Some(table.clone()));
        view! { <FilesMenu id title files table chart /> }
    });
    let (title_id, summary_id) = (format!("{id}-title"), format!("{id}-summary"));
    let (labelled_by, described_by) = (title_id.clone(), summary_id.clone());
    let (table_id, own_id) = (id.clone(), id.clone());
    let is_table = Signal::derive(move || failed.get() || open_tables.is_open(&table_id));
    let caption = title.clone();
    view! {
        <figure class=format!("card chart chart-{}", kind_word(kind)) id=id aria-labelledby=labelled_by aria-describedby=described_by>
            <figcaption class="chart-head">
                <div>
                    <h2 class="chart-title" id=title_id>{title}</h2>
                    <p class="chart-subtitle">{subtitle}{hint}</p>
                    <p class="visually-hidden" id=summary_id>{summary}</p>
                </div>
                <div class="chart-tools">
                    <TableToggle id=own_id is_table open_tables />
                    {menu}
                </div>
            </figcaption>
            {(key.len() > 1).then(|| view! { <ChartKey key=key /> })}
            <Picture plot failed click=Callback::new(click) is_hidden=is_table />
            {(kind == ChartKind::HeatMap).then(|| view! { <p class="chart-shades" aria-hidden="true">"less" <span></span> "more"</p> })}
            {move || failed.get().then(|| view! { <Notice tone=Tone::Warning>"The picture could not be loaded, so here are its figures. Reload the page to try again."</Notice> })}
            {move || {
                is_table.get().then(|| {
                    view! { <DataTable caption=caption.clone() table=table.clone() filter=filter.clone() active=active.clone() on_filter /> }
                })
            }}
        </figure>
    }
}

/// What the picture's element needs.
struct Plot {
    id: String,
    /// Written above the picture where it is taken away.
    title: String,
    /// What is plotted, and over which days.
    words: String,
    option_json: String,
    height: usize,
    /// A map is walked through by keyboard, country by country.
    is_map: bool,
    /// Nothing is filtered by a click.
    is_still: bool,
}

#[component]
fn Picture(plot: Plot, failed: RwSignal<bool>, click: Callback<usize>, is_hidden: Signal<bool>) -> impl IntoView {
    let Plot { id, title, words, option_json, height, is_map, is_still } = plot;
    let own_id = id.clone();
    Effect::new(move |_| {
        if has_failed(&own_id) {
            failed.set(true);
        }
    });
    let on_click = move |event: CustomEvent| {
        if let Some(index) = clicked_index(&event) {
            click.run(index);
        }
    };
    // Both elements take the same and say the same: `public/js/charts.js` and `public/js/map.js`.
    let element = leptos::html::custom(if is_map { "tradepost-map" } else { "tradepost-chart" })
        .id(id)
        .attr("option", option_json)
        .attr("data-title", title)
        .attr("data-words", words)
        .attr("data-still", is_still.then_some(""))
        .on(leptos::ev::Custom::<CustomEvent>::new("chart-click"), on_click)
        .on(leptos::ev::Custom::<CustomEvent>::new("chart-failed"), move |_| failed.set(true));
    view! {
        // The words and the table say what the picture says; most pictures are for the eye alone.
        <div
            class="chart-plot"
            style=(!is_map).then(|| format!("height: {height}px"))
            aria-hidden=(!is_map).then_some("true")
            hidden=move || is_hidden.get()
        >
            {element}
        </div>
    }
}

#[component]
fn TableToggle(id: String, is_table: Signal<bool>, open_tables: OpenTables) -> impl IntoView {
    view! {
        <button type="button" class="chart-tool" aria-pressed=move || if is_table.get() { "true" } else { "false" } on:click=move |_| open_tables.toggle(&id)>
            <Icon name="table" />
            <span>"Table"</span>
        </button>
    }
}

/// Which line is which; one series needs none, its name is in the subtitle.
#[component]
fn ChartKey(key: Vec<(String, SeriesRole)>) -> impl IntoView {
    let entries = key.into_iter().map(|(name, role)| {
        let class = match role {
            SeriesRole::Current => "chart-key-current".to_owned(),
            SeriesRole::Compared => "chart-key-compared".to_owned(),
            SeriesRole::Split(number) => format!("chart-key-split chart-key-split-{}", number % 8),
        };
        view! { <li class=class>{name}</li> }
    });
    view! { <ul class="chart-key" aria-hidden="true">{entries.collect_view()}</ul> }
}

fn kind_word(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Line => "line",
        ChartKind::Area => "area",
        ChartKind::Column => "column",
        ChartKind::Stacked => "stacked",
        ChartKind::Donut => "donut",
        ChartKind::Funnel => "funnel",
        ChartKind::Waterfall => "waterfall",
        ChartKind::Bar => "bar",
        ChartKind::HeatMap => "heat",
        ChartKind::Map => "map",
        ChartKind::Scatter => "scatter",
    }
}

/// The picture's height in pixels; known before it is drawn, so that nothing moves when it appears.
fn height(kind: ChartKind, rows: usize) -> usize {
    match kind {
        ChartKind::Line | ChartKind::Area | ChartKind::Column | ChartKind::Stacked | ChartKind::Waterfall | ChartKind::Donut | ChartKind::Funnel => {
            300
        }
        ChartKind::Scatter => 400,
        ChartKind::Bar => rows.clamp(3, 40) * 32,
        ChartKind::HeatMap => rows.clamp(1, 40) * 34 + 32,
        // The picture is as wide as its card, and twice as wide as high; its style says the rest.
        ChartKind::Map => 0,
    }
}
