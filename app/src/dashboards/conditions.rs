//! What a card's question looks at: conditions on dimensions, and on how much there is of a measure.

use super::filters::spoken;
use super::pick::{Pick, fixed};
use super::value_field::{ValueChips, ValueField};
use super::wanted::{compared, comparisons, has_rows};
use crate::session::use_session;
use crate::ui::{IconButton, focus_soon};
use domain::dashboards::BoardCard;
use domain::question::{Filter, FilterOp, Number, Threshold, ThresholdOp};
use domain::semantic::{DIMENSIONS, Dimension, MEASURES, Measure, ValueKind};
use leptos::prelude::*;

/// The words and names of all measures.
pub(super) fn measures() -> impl Iterator<Item = (&'static str, &'static str)> {
    MEASURES.iter().map(|entry| (entry.name, entry.label))
}

/// The words and names of the dimensions that one's role may see.
pub(super) fn dimensions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let role = use_session().role();
    DIMENSIONS.iter().filter(move |entry| role >= entry.lowest_role).map(|entry| (entry.name, entry.label))
}

/// The conditions one below the other, and a select that adds one.
#[component]
pub(super) fn Conditions(wanted: RwSignal<BoardCard>) -> impl IntoView {
    let of = Memo::new(move |_| wanted.with(|card| card.question.filters.iter().map(|filter| filter.dimension).collect::<Vec<_>>()));
    let rows = move || of.get().into_iter().enumerate();
    let options = dimensions().map(|(word, label)| view! { <option value=word>{label}</option> }).collect_view();
    let add = move |word: String| {
        let Ok(dimension) = Dimension::parse(&word) else { return };
        let place = of.with_untracked(Vec::len);
        wanted.update(|card| card.question.filters.push(Filter::is_in(dimension, Vec::new())));
        focus_soon(format!("filter-{place}-value"));
    };
    view! {
        // Those that stay keep what is typed in them, and hear what was asked for them.
        <For each=rows key=|(place, dimension)| (*place, dimension.name()) let((place, dimension))>
            <Condition wanted place dimension />
        </For>
        <div class="field">
            <label for="builder-filter">"Only where"</label>
            <select
                class="select input"
                id="builder-filter"
                on:change:target=move |event| {
                    add(event.target().value());
                    event.target().set_value("");
                }
            >
                <option value="">"Add a condition"</option>
                {options}
            </select>
        </div>
    }
}

/// One condition: how it compares, and with what.
#[component]
fn Condition(wanted: RwSignal<BoardCard>, place: usize, dimension: Dimension) -> impl IntoView {
    let change = move |how: &dyn Fn(&mut Filter)| {
        wanted.update(|card| {
            if let Some(filter) = card.question.filters.get_mut(place) {
                how(filter);
            }
        });
    };
    let filter = Memo::new(move |_| {
        let now = wanted.with(|card| card.question.filters.get(place).cloned());
        now.unwrap_or_else(|| Filter::is_in(dimension, Vec::new()))
    });
    let op = Memo::new(move |_| filter.with(|filter| filter.op));
    let kind = dimension.entry().values;
    let ops = comparisons(kind).into_iter().map(|op| (op.as_str(), said(op)));
    let compare = move |word: String| {
        let first = wanted.with_untracked(|card| card.question.measures.first().copied()).unwrap_or(Measure::NetSales);
        if let Some(op) = comparisons(kind).into_iter().find(|op| op.as_str() == word) {
            change(&|filter| *filter = compared(filter, op, first));
        }
    };
    let remove = move |_| {
        wanted.update(|card| {
            card.question.filters.remove(place);
        });
        focus_soon("builder-filter".to_owned());
    };
    let (label, id) = (dimension.label(), move |part: &str| format!("filter-{place}-{part}"));
    let with = move || match op.get() {
        FilterOp::IsEmpty | FilterOp::IsNotEmpty => ().into_any(),
        FilterOp::Between => {
            let bound = move |at: usize, words: &str| {
                let value = Signal::derive(move || filter.with(|filter| filter.values.get(at).cloned().unwrap_or_default()));
                let set = move |text: String| {
                    change(&|filter| {
                        filter.values.resize(2, String::new());
                        filter.values[at].clone_from(&text);
                    });
                };
                view! { <Bound id=id(words) label=format!("{label} {words}") dimension value on_value=set /> }
            };
            view! { <div class="builder-pair">{bound(0, "from")} {bound(1, "to")}</div> }.into_any()
        }
        FilterOp::Top | FilterOp::Bottom => {
            let n = move || filter.with(|filter| filter.n.unwrap_or(10).to_string());
            let by = Signal::derive(move || filter.with(|filter| filter.by.unwrap_or(Measure::NetSales).name().to_owned()));
            view! {
                <div class="builder-pair">
                    <div class="field">
                        <label for=id("n")>"How many"</label>
                        <input class="input" id=id("n") type="number" min="1" max="1000" prop:value=n on:change:target=move |event| {
                            let n = event.target().value().parse().ok();
                            change(&|filter| filter.n = n);
                        } />
                    </div>
                    <Pick id=id("by") label="By" choices=fixed(None, measures()) value=by on_pick=move |word: String| {
                        let by = Measure::parse(&word).ok();
                        change(&|filter| filter.by = by);
                    } />
                </div>
            }
            .into_any()
        }
        op => view! {
            <ValueChips dimension values=Signal::derive(move || filter.with(|filter| filter.values.clone())) on_remove=move |value: String| {
                change(&|filter| filter.values.retain(|old| *old != value));
            } />
            <ValueField id=id("value") label=format!("{label} {}", said(op)) dimension on_value=move |value: String| {
                change(&|filter| {
                    if !filter.values.contains(&value) {
                        filter.values.push(value.clone());
                    }
                });
            } />
        }
        .into_any(),
    };
    view! {
        <fieldset class="builder-filter">
            <legend class="visually-hidden">{format!("Condition: {label}")}</legend>
            <div class="builder-filter-head">
                <Pick id=id("op") label=label choices=fixed(None, ops) value=Signal::derive(move || op.get().as_str().to_owned()) on_pick=compare />
                <IconButton label=format!("Take off the condition on {}", label.to_lowercase()) icon="x" on:click=remove />
            </div>
            {with}
        </fieldset>
    }
}

/// How a comparison reads between a dimension and its values.
fn said(op: FilterOp) -> &'static str {
    match op {
        FilterOp::In => "is one of",
        FilterOp::NotIn => "is none of",
        FilterOp::Between => "is from … to",
        FilterOp::Contains => "contains",
        FilterOp::IsEmpty => "is empty",
        FilterOp::IsNotEmpty => "is not empty",
        FilterOp::Top => "is among the highest",
        FilterOp::Bottom => "is among the lowest",
    }
}

/// One end of a range: a weekday or hour of the list, or a month.
#[component]
fn Bound(
    id: String,
    label: String,
    dimension: Dimension,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_value: Callback<(String,)>,
) -> impl IntoView {
    if dimension.entry().values == ValueKind::Month {
        return view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input class="input" id=id type="month" placeholder="2026-01" prop:value=move || value.get() on:change:target=move |event| {
                    on_value.run((event.target().value(),));
                } />
            </div>
        }
        .into_any();
    }
    let all = if dimension == Dimension::Weekday { 1..=7 } else { 0..=23 };
    let name = |number: u32| if dimension == Dimension::Hour { format!("{number}:00") } else { spoken(dimension, &number.to_string()) };
    let none = (String::new(), "Choose".to_owned());
    let choices = std::iter::once(none).chain(all.map(|number| (number.to_string(), name(number)))).collect::<Vec<_>>();
    view! { <Pick id label choices=Signal::stored(choices) value on_pick=move |word: String| on_value.run((word,)) /> }.into_any()
}

/// Only rows with at least, or at most, so much of a measure.
#[component]
pub(super) fn Thresholds(wanted: RwSignal<BoardCard>, scale: impl Fn(Measure) -> f64 + Copy + Send + Sync + 'static) -> impl IntoView {
    let first = Memo::new(move |_| wanted.with(|card| card.question.having.first().copied()));
    let is_there = Memo::new(move |_| first.with(Option::is_some));
    let change = move |how: &dyn Fn(&mut Threshold)| {
        wanted.update(|card| card.question.having.first_mut().into_iter().for_each(how));
    };
    let choose = move |word: String| {
        wanted.update(|card| {
            let having = &mut card.question.having;
            match Measure::parse(&word) {
                Ok(measure) if having.is_empty() => having.push(Threshold { measure, op: ThresholdOp::AtLeast, value: Number::default() }),
                Ok(measure) => {
                    let threshold = &mut having[0];
                    let same = amount(threshold.value) / scale(threshold.measure) * scale(measure);
                    *threshold = Threshold { measure, value: Number::from_f64(same).unwrap_or_default(), ..*threshold };
                }
                Err(_) => having.clear(),
            }
        });
    };
    let measure = Signal::derive(move || first.get().map(|threshold| threshold.measure.name().to_owned()).unwrap_or_default());
    let side =
        Signal::derive(move || SIDES.iter().find(|(_, _, op)| first.get().is_some_and(|one| one.op == *op)).map_or("", |side| side.0).to_owned());
    let shown = move || first.get().map(|one| typed(one.value, scale(one.measure))).unwrap_or_default();
    view! {
        <div class="builder-group" hidden=move || !wanted.with(has_rows)>
            <Pick id="builder-having" label="Only rows with" choices=fixed(Some("Any amount"), measures()) value=measure on_pick=choose />
            <Show when=move || is_there.get()>
                <div class="builder-pair">
                    <Pick id="builder-having-side" label="Of it" choices=fixed(None, SIDES.map(|(word, label, _)| (word, label))) value=side on_pick=move |word: String| {
                        if let Some((_, _, op)) = SIDES.into_iter().find(|side| side.0 == word) {
                            change(&|threshold| threshold.op = op);
                        }
                    } />
                    <div class="field">
                        <label for="builder-having-amount">"Amount"</label>
                        <input class="input" id="builder-having-amount" type="number" step="any" prop:value=shown on:change:target=move |event| {
                            let typed = event.target().value().parse::<f64>().unwrap_or_default();
                            change(&|threshold| threshold.value = Number::from_f64(typed * scale(threshold.measure)).unwrap_or_default());
                        } />
                    </div>
                </div>
            </Show>
        </div>
    }
}

const SIDES: [(&str, &str, ThresholdOp); 4] = [
    ("at_least", "At least", ThresholdOp::AtLeast),
    ("at_most", "At most", ThresholdOp::AtMost),
    ("more_than", "More than", ThresholdOp::MoreThan),
    ("less_than", "Less than", ThresholdOp::LessThan),
];

/// The number that a threshold or goal is written as.
pub(super) fn amount(number: Number) -> f64 {
    number.millionths as f64 / 1_000_000.0
}

/// The same as people type it.
pub(super) fn typed(number: Number, scale: f64) -> String {
    ((amount(number) / scale * 1_000_000.0).round() / 1_000_000.0).to_string()
}
