//! Choosing a question in the shop's words, and seeing it at once.

use super::boards_api::preview_card;
use super::card::BoardCardView;
use super::conditions::{Conditions, Thresholds, amount, dimensions, measures, typed};
use super::draft::{Draft, head_id};
use super::edit_page::Problem;
use super::payload::ShownCard;
use super::pick::{Pick, fixed};
use super::pickers::grain_label;
use super::wanted::{blank, has_rows, is_of_time, made, pictures, put, works_out};
use crate::charts::OpenTables;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, ErrorState, Skeleton, focus_soon};
use domain::analysis::{Analysis, CohortFigure, CohortsInput};
use domain::dashboards::{BoardCard, CardGoal, Picture};
use domain::question::{Derived, Number, Order, Transform};
use domain::range::Grain;
use domain::semantic::{Dimension, Measure, Unit};
use domain::{AppError, ErrorKind};
use leptos::prelude::*;

/// So many of a measure's own steps are one of those in which people say it: money in major units, shares in percent.
fn scale(minor_per_major: f64, measure: Measure) -> f64 {
    match measure.entry().unit {
        Unit::Money => minor_per_major,
        Unit::Ratio => 0.01,
        Unit::Number => 1.0,
    }
}

/// The form, its preview, and the button that pins it or puts it back.
#[component]
pub(super) fn Builder(draft: Draft) -> impl IntoView {
    let wanted = RwSignal::new(blank());
    let is_change = Memo::new(move |_| draft.changing.get().is_some());
    // A card that is changed keeps its width.
    let card = Memo::new(move |_| if is_change.get() { wanted.with(made) } else { sized(wanted.with(made)) });
    Effect::new(move |_| {
        if let Some(card) = draft.changing.get().and_then(|id| draft.card(id)) {
            wanted.set(card.card.get_untracked());
            focus_soon("builder-head".to_owned());
        }
    });
    let shown = RwSignal::new(None::<(BoardCard, Result<ShownCard, AppError>)>);
    Effect::new(move |_| {
        let asked = card.get();
        leptos::task::spawn_local(async move {
            let answer = preview_card(asked.clone(), "range=all".to_owned()).await;
            // Only the newest choice is shown, and only while the page is there.
            if card.try_get_untracked().is_some_and(|newest| newest == asked) {
                let answer = answer.map(|shown| shown.named("preview".to_owned()));
                let _ = shown.try_set(Some((asked, answer)));
            }
        });
    });
    // What is in sight until the newest choice is answered belongs to the choice before it.
    let is_old = Memo::new(move |_| shown.with(|shown| shown.as_ref().is_none_or(|(of, _)| card.with(|card| card != of))));
    let leave = move |id: usize| {
        draft.changing.set(None);
        wanted.set(blank());
        focus_soon(head_id(id));
    };
    let pin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answer = shown.get_untracked().filter(|_| !is_old.get_untracked()).map(|(_, answer)| answer);
        if matches!(&answer, Some(Err(error)) if error.kind == ErrorKind::Validation) {
            return draft.said.set("This card cannot be shown yet: the preview says why".to_owned());
        }
        let answer = answer.and_then(Result::ok);
        match draft.changing.get_untracked() {
            Some(id) => {
                draft.replace(id, card.get_untracked(), answer);
                leave(id);
            }
            None => {
                draft.push(card.get_untracked(), answer);
                draft.said.set("Card added".to_owned());
            }
        }
    };
    let preview = move || match shown.get() {
        None => view! { <Skeleton lines=5 /> }.into_any(),
        Some((_, Err(error))) if error.kind == ErrorKind::Validation => view! { <Problem error /> }.into_any(),
        Some((_, Err(error))) => view! { <ErrorState error /> }.into_any(),
        Some((_, Ok(card))) => view! { <BoardCardView card open_tables=OpenTables::default() /> }.into_any(),
    };
    let title = move || if is_change.get() { "Change a card" } else { "Add a card" };
    view! {
        <section class="card builder" aria-label=title>
            <h2 class="card-title" id="builder-head" tabindex="-1">{title}</h2>
            <form on:submit=pin>
                <div class="builder-parts">
                    <Choices wanted card />
                    <div class="builder-preview" aria-live="polite" aria-busy=move || is_old.get().then_some("true")>{preview}</div>
                </div>
                <div class="form-actions">
                    <Show when=move || !is_change.get()>
                        <Button kind=ButtonKind::Secondary icon="plus" submit=true>"Pin this card"</Button>
                    </Show>
                    <Show when=move || is_change.get()>
                        <Button kind=ButtonKind::Secondary icon="check" submit=true>"Put it back changed"</Button>
                        <Button kind=ButtonKind::Quiet on:click=move |_| draft.changing.get_untracked().into_iter().for_each(leave)>
                            "Leave this card as it was"
                        </Button>
                    </Show>
                </div>
            </form>
        </section>
    }
}

/// A new card is as wide as its picture reads well.
fn sized(card: BoardCard) -> BoardCard {
    let width = match Picture::of(&card) {
        Picture::Figure => 3,
        Picture::Donut | Picture::Funnel | Picture::Bar | Picture::Column => 6,
        _ => 12,
    };
    BoardCard { width, ..card }
}

#[component]
fn Choices(wanted: RwSignal<BoardCard>, card: Memo<BoardCard>) -> impl IntoView {
    let minor_per_major = use_session().merchant().currency.minor_per_major() as f64;
    let scale = move |measure: Measure| scale(minor_per_major, measure);
    let analysis = Signal::derive(move || wanted.with(|card| card.analysis.as_ref().map_or("", Analysis::label).to_owned()));
    let pictures = Signal::derive(move || {
        let natural = card.with(|card| BoardCard { picture: None, ..card.clone() }.natural_picture());
        let all = card.with(pictures).into_iter().map(|picture| (picture.as_str().to_owned(), picture.label().to_owned()));
        std::iter::once((String::new(), format!("What reads best ({})", natural.label().to_lowercase()))).chain(all).collect::<Vec<_>>()
    });
    let picture = Signal::derive(move || card.with(|card| card.picture.map_or("", Picture::as_str).to_owned()));
    view! {
        <div class="builder-choices">
            <Pick id="builder-analysis" label="A card of" value=analysis on_pick=move |label: String| {
                wanted.update(|card| card.analysis = analyses().into_iter().find(|analysis| analysis.label() == label));
            } choices=fixed(Some("Figures of your choice"), analyses().iter().map(|analysis| (analysis.label(), analysis.label()))) />
            <div class="builder-group" hidden=move || wanted.with(|card| card.analysis.is_some())>
                <Asked wanted scale />
            </div>
            <Conditions wanted />
            <div class="builder-group" hidden=move || wanted.with(|card| card.analysis.is_some())>
                <Thresholds wanted scale />
            </div>
            <Pick id="builder-picture" label="As" choices=pictures value=picture on_pick=move |word: String| {
                wanted.update(|card| card.picture = Picture::parse(&word));
            } />
            <GoalField wanted card scale />
            <div class="field">
                <label for="builder-title">"Heading (if you like)"</label>
                <input class="input" id="builder-title" maxlength="100" prop:value=move || wanted.with(|card| card.title.clone())
                    on:change:target=move |event| wanted.update(|card| card.title = event.target().value()) />
            </div>
        </div>
    }
}

/// The measures, what they are split by, what is worked out of them, and the order of the rows.
#[component]
fn Asked(wanted: RwSignal<BoardCard>, scale: impl Fn(Measure) -> f64 + Copy + Send + Sync + 'static) -> impl IntoView {
    let measure = move |place: usize| {
        Signal::derive(move || wanted.with(|card| card.question.measures.get(place).map_or("", |measure| measure.name()).to_owned()))
    };
    let put_measure = move |place: usize, word: &str| {
        let measure = Measure::parse(word).ok();
        wanted.update(|card| {
            let before = card.question.measures.get(place).copied();
            put(&mut card.question.measures, place, measure);
            if let (0, Some(before), Some(measure)) = (place, before, measure) {
                follow(card, before, measure, scale);
            }
        });
    };
    let split = move |place: usize| {
        Signal::derive(move || wanted.with(|card| card.question.dimensions.get(place).map_or("", |dimension| dimension.name()).to_owned()))
    };
    let put_split = move |place: usize, word: &str| wanted.update(|card| put(&mut card.question.dimensions, place, Dimension::parse(word).ok()));
    let more = || fixed(Some("Nothing else"), measures());
    let is_timed = Memo::new(move |_| wanted.with(is_of_time));
    let set_time = move |over_time: bool, grain: Option<Grain>| {
        wanted.update(|card| {
            card.over_time = over_time;
            card.question.time.get_or_insert_default().grain = grain;
        });
    };
    let has_own_year = use_session().merchant().calendar().has_own_year();
    let grains = Grain::ALL.into_iter().filter(|grain| has_own_year || !grain.is_fiscal()).map(|grain| (grain.as_str(), grain_label(grain)));
    let grain = Signal::derive(move || wanted.with(|card| card.question.grain().map_or("", Grain::as_str).to_owned()));
    let limit = Signal::derive(move || wanted.with(|card| card.question.limit.map(|limit| limit.to_string()).unwrap_or_default()));
    let limits = move || {
        let own = limit.get();
        let all = ["5", "10", "20", "50", "100"].map(str::to_owned).into_iter();
        let all: Vec<String> = all.chain(Some(own)).filter(|limit| !limit.is_empty()).collect();
        let mut choices = vec![(String::new(), "As many as read well".to_owned())];
        for limit in all {
            if choices.iter().all(|(word, _)| *word != limit) {
                choices.push((limit.clone(), format!("{limit} rows")));
            }
        }
        choices
    };
    view! {
        <Pick id="builder-measure" label="Show" choices=fixed(None, measures()) value=measure(0) on_pick=move |word: String| put_measure(0, &word) />
        <Pick id="builder-second" label="And" choices=more() value=measure(1) on_pick=move |word: String| put_measure(1, &word) />
        <Pick id="builder-third" label="And also" choices=more() value=measure(2) on_pick=move |word: String| put_measure(2, &word) />
        <Pick id="builder-split" label="Split by" choices=fixed(Some("Nothing"), dimensions()) value=split(0) on_pick=move |word: String| put_split(0, &word) />
        <Pick id="builder-other" label="And by" choices=fixed(Some("Nothing else"), dimensions()) value=split(1) on_pick=move |word: String| put_split(1, &word) />
        <label class="choice builder-time">
            <input type="checkbox" checked prop:checked=move || is_timed.get() on:change:target=move |event| set_time(event.target().checked(), None) />
            <span>"Over time"</span>
        </label>
        <div class="builder-group" hidden=move || !is_timed.get()>
            <Pick id="builder-grain" label="In steps of" choices=fixed(Some("What suits the days"), grains) value=grain on_pick=move |word: String| {
                let grain = Grain::parse(&word);
                set_time(grain.is_none(), grain);
            } />
        </div>
        <div class="builder-group" hidden=move || !wanted.with(has_rows)>
            <WorkedOut wanted />
            <InOrder wanted />
        </div>
        <Pick id="builder-limit" label="At most" choices=Signal::derive(limits) value=limit on_pick=move |word: String| {
            wanted.update(|card| card.question.limit = word.parse().ok());
        } />
    }
}

/// What was said of a measure is said of the one in its place: the goal as people typed it, and what is worked out.
fn follow(card: &mut BoardCard, before: Measure, measure: Measure, scale: impl Fn(Measure) -> f64) {
    let goal = card.goal.and_then(|goal| Some(CardGoal { amount: Number::from_f64(amount(goal.amount) / scale(before) * scale(measure))?, ..goal }));
    card.goal = goal;
    for derived in card.question.derived.iter_mut().filter(|derived| derived.measure == before) {
        derived.measure = measure;
    }
}

const TRANSFORMS: [(Transform, &str); 4] = [
    (Transform::Growth, "Growth"),
    (Transform::ShareOfTotal, "Share of total"),
    (Transform::RunningTotal, "Running total"),
    (Transform::MovingAverage, "Moving average"),
];

/// What is worked out of the first measure, as far as its shape allows it.
#[component]
fn WorkedOut(wanted: RwSignal<BoardCard>) -> impl IntoView {
    let choices = Signal::derive(move || {
        let fits =
            |card: &BoardCard, transform: Transform| card.question.measures.first().is_some_and(|measure| works_out(card, *measure, transform));
        let all = TRANSFORMS.into_iter().filter(|(transform, _)| wanted.with(|card| fits(card, *transform)));
        let all = all.map(|(transform, label)| (transform.as_str().to_owned(), format!("{label}, in a table")));
        std::iter::once((String::new(), "Nothing".to_owned())).chain(all).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || wanted.with(|card| card.question.derived.first().map_or("", |derived| derived.transform.as_str()).to_owned()));
    view! {
        <Pick id="builder-derived" label="Work out" choices value on_pick=move |word: String| {
            let transform = TRANSFORMS.into_iter().map(|(transform, _)| transform).find(|transform| transform.as_str() == word);
            wanted.update(|card| {
                let derived = |transform| Some(Derived { measure: *card.question.measures.first()?, transform, over: None });
                card.question.derived = transform.and_then(derived).into_iter().collect();
            });
        } />
    }
}

/// By what the rows are ordered.
#[component]
fn InOrder(wanted: RwSignal<BoardCard>) -> impl IntoView {
    let word = |by: &str, desc: bool| format!("{by} {}", if desc { "down" } else { "up" });
    let choices = Signal::derive(move || {
        let mut choices = vec![(String::new(), "What reads best".to_owned())];
        wanted.with(|card| {
            let own = card.question.order.first();
            for measure in &card.question.measures {
                choices.push((word(measure.name(), true), format!("{}, the largest first", measure.label())));
                choices.push((word(measure.name(), false), format!("{}, the smallest first", measure.label())));
            }
            for dimension in &card.question.dimensions {
                choices.push((word(dimension.name(), false), format!("{}, from the first", dimension.label())));
            }
            // One that was said elsewhere stays.
            let other = own.map(|own| word(&own.by, own.desc)).filter(|own| choices.iter().all(|(word, _)| word != own));
            choices.extend(other.map(|own| (own, "As it is".to_owned())));
        });
        choices
    });
    let value = Signal::derive(move || wanted.with(|card| card.question.order.first().map(|order| word(&order.by, order.desc)).unwrap_or_default()));
    view! {
        <Pick id="builder-order" label="In order of" choices value on_pick=move |word: String| {
            let order = word.split_once(' ').map(|(by, way)| Order { by: by.to_owned(), desc: way == "down" });
            wanted.update(|card| card.question.order = order.into_iter().collect());
        } />
    }
}

/// A single figure may have a goal.
#[component]
fn GoalField(wanted: RwSignal<BoardCard>, card: Memo<BoardCard>, scale: impl Fn(Measure) -> f64 + Copy + Send + Sync + 'static) -> impl IntoView {
    let is_figure = move || card.with(|card| Picture::of(card) == Picture::Figure);
    let mut periods = vec![("month", "In each month"), ("quarter", "In each quarter"), ("year", "In each year")];
    if use_session().merchant().calendar().has_own_year() {
        periods.extend([("fiscal_quarter", "In each fiscal quarter"), ("fiscal_year", "In each fiscal year")]);
    }
    let first = move |card: &BoardCard| card.question.measures.first().map_or(1.0, |measure| scale(*measure));
    let shown = move || wanted.with(|card| card.goal.map(|goal| typed(goal.amount, first(card))).unwrap_or_default());
    let set = move |typed: Option<f64>| {
        wanted.update(|card| {
            let amount = typed.and_then(|typed| Number::from_f64(typed * first(card)));
            let before = card.goal.unwrap_or(CardGoal { amount: Number::default(), period: Some(Grain::Month), from: None, to: None });
            card.goal = amount.map(|amount| CardGoal { amount, ..before });
        });
    };
    let period = Signal::derive(move || wanted.with(|card| card.goal.and_then(|goal| goal.period).map_or("", Grain::as_str).to_owned()));
    let has_goal = Memo::new(move |_| wanted.with(|card| card.goal.is_some()));
    view! {
        <div class="builder-group" hidden=move || !is_figure()>
            <div class="field">
                <label for="builder-goal">"Goal (if there is one)"</label>
                <input class="input" id="builder-goal" type="number" min="0" step="any" prop:value=shown
                    on:change:target=move |event| set(event.target().value().parse().ok()) />
            </div>
            <div hidden=move || !has_goal.get()>
                <Pick id="builder-goal-period" label="To be reached" choices=fixed(Some("In days of its own"), periods) value=period on_pick=move |word: String| {
                    if let (Some(goal), Some(grain)) = (wanted.with_untracked(|card| card.goal), Grain::parse(&word)) {
                        let goal = CardGoal { period: Some(grain), from: None, to: None, ..goal };
                        wanted.update(|card| card.goal = Some(goal));
                    }
                } />
            </div>
        </div>
    }
}

/// What can be analysed; cohorts in both of their forms.
fn analyses() -> Vec<Analysis> {
    let revenue = CohortsInput { show: CohortFigure::Revenue, ..CohortsInput::default() };
    Analysis::all().into_iter().chain([Analysis::Cohorts(revenue)]).collect()
}
