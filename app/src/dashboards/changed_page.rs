use super::address::{query_of, view_of};
use super::changed_api::{ShownChange, get_what_changed};
use super::empty::NoSalesYet;
use super::filters::FilterChips;
use super::pickers::{ComparisonPicker, PickerBar, RangePicker, Seen, part_of};
use super::skeleton::BoardSkeleton;
use crate::charts::{CardFiles, ChartPayload, ChartView, OpenTables};
use crate::ui::{EmptyState, ErrorState, Icon, Menu, PageHead};
use domain::AppError;
use domain::dashboards::DashboardView;
use domain::semantic::{Dimension, MEASURES, Measure};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};

/// The page that tells where a figure's change came from.
pub(super) fn href_of(measure: Measure, view: &DashboardView) -> String {
    let query = query_of(view);
    let path = format!("/changes/{}", measure.entry().name);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// What changed: where a figure's difference came from. A click on a value looks into that value alone.
#[component]
pub fn ChangedPage() -> impl IntoView {
    let params = use_params_map();
    let measure = Memo::new(move |_| params.with(|params| params.get("measure").unwrap_or_default()));
    let search = use_location().search;
    let view = Memo::new(move |_| search.with(|search| view_of(search)));
    let change = Resource::new(move || (measure.get(), view.with(query_of)), |(measure, query)| get_what_changed(measure, query));
    let pending = RwSignal::new(false);
    let open_tables = OpenTables::default();
    let retry = Callback::new(move |()| change.refetch());
    view! {
        <div class="sales" aria-busy=move || if pending.get() { "true" } else { "false" }>
            <Transition fallback=BoardSkeleton set_pending=pending>
                <ChangeHead change view />
                {move || Suspend::new(async move {
                    match change.await {
                        Ok(change) if !change.has_data => view! { <NoSalesYet title="What changed?" /> }.into_any(),
                        Ok(change) => view! { <Change change view open_tables /> }.into_any(),
                        Err(error) => view! { <PageHead title="What changed?" /> <ErrorState error retry /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

/// Which figure of which days. It stays while figures come.
#[component]
fn ChangeHead(change: Resource<Result<ShownChange, AppError>>, view: Memo<DashboardView>) -> impl IntoView {
    let measure = move || part_of(change, |change| change.has_data.then_some(change.measure));
    let title = Memo::new(move |_| measure().map(|measure| format!("What changed: {}", measure.label().to_lowercase())));
    let seen = Memo::new(move |_| {
        let of = |change: &ShownChange| {
            view.with_untracked(|view| Seen::of(change.measure.entry().name, view, change.range).against(change.compared_range))
        };
        part_of(change, |change| change.has_data.then(|| of(change)))
    });
    let finding = Memo::new(move |_| part_of(change, |change| Some(change.finding.clone())));
    let head = move || title.get().map(|title| view! { <PageHead title lead=finding /> });
    let figure = move || {
        part_of(change, |change| {
            let sentence = change.sentence.as_ref().map(|sentence| format!(", {sentence}"));
            Some(view! { <p class="board-freshness">{change.measure.label()} " " <strong>{change.value.clone()}</strong> {sentence}</p> })
        })
    };
    view! {
        {head}
        <PickerBar
            seen
            pickers=move |seen| {
                view! {
                    {untrack(measure).map(|measure| view! { <MeasurePicker measure view /> })}
                    <RangePicker view seen />
                    <ComparisonPicker view seen />
                }
                .into_any()
            }
            note=move || figure
        />
    }
}

/// What the change is made of.
#[component]
fn Change(change: ShownChange, view: Memo<DashboardView>, open_tables: OpenTables) -> impl IntoView {
    let ShownChange { measure, splits, .. } = change;
    let navigate = use_navigate();
    let on_filter = Callback::new(move |(dimension, value): (Dimension, String)| {
        let target = href_of(measure, &view.get_untracked().toggled(dimension, &value));
        navigate(&target, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let is_empty = splits.is_empty();
    let splits = splits.into_iter().map(|chart| view! { <Split chart view open_tables on_filter /> }).collect_view();
    view! {
        <FilterChips view />
        {is_empty
            .then(|| {
                view! {
                    <EmptyState
                        title="Nothing to split this by"
                        text="There is no earlier time to compare with, or no two values that differ. Choose other days, another comparison or another figure."
                        icon="search"
                    />
                }
            })}
        <section class="board-charts" aria-label="Where it came from">{splits}</section>
    }
}

/// The figures whose change is made of parts.
#[component]
fn MeasurePicker(measure: Measure, view: Memo<DashboardView>) -> impl IntoView {
    let entries = MEASURES.iter().filter(|entry| entry.measure.has_change_parts());
    let choices = entries.map(move |entry| {
        let other = entry.measure;
        let target = move || href_of(other, &view.get());
        view! {
            <li>
                <a class="picker-choice" href=target aria-current=(other == measure).then_some("true")>
                    {entry.label}
                </a>
            </li>
        }
    });
    let trigger = move || {
        view! {
            <Icon name="chart-column" />
            <strong>{measure.label()}</strong>
        }
    };
    view! {
        <Menu id="measure-menu" label=format!("{}: choose a figure", measure.label()) trigger=ViewFn::from(trigger) with_arrow=true class="picker-trigger">
            <ul class="picker-list">{choices.collect_view()}</ul>
        </Menu>
    }
}

#[component]
fn Split(chart: ChartPayload, view: Memo<DashboardView>, open_tables: OpenTables, on_filter: Callback<(Dimension, String)>) -> impl IntoView {
    let dimension = chart.filter.as_ref().map(|filter| filter.dimension);
    let filters = view.get_untracked().filters.into_iter();
    let active: Vec<String> = filters.filter(|filter| Some(filter.dimension) == dimension).flat_map(|filter| filter.values).collect();
    view! { <ChartView chart open_tables active on_filter files=Some(CardFiles::default()) /> }
}
