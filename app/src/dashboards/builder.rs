//! Choosing a question in the shop's words, and seeing it at once.

use super::boards_api::preview_card;
use super::card::BoardCardView;
use super::draft::Draft;
use super::payload::ShownCard;
use crate::charts::OpenTables;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, ErrorState, Skeleton};
use domain::AppError;
use domain::analysis::{Analysis, CohortFigure, CohortsInput};
use domain::dashboards::{BoardCard, CardGoal, Picture};
use domain::question::{Filter, Number, Question};
use domain::range::Grain;
use domain::semantic::{DIMENSIONS, Dimension, MEASURES, Measure, Unit};
use leptos::prelude::*;

/// What is chosen, in the words of the form.
#[derive(Clone, Copy)]
struct Chosen {
    analysis: RwSignal<Option<Analysis>>,
    measure: RwSignal<Measure>,
    second: RwSignal<Option<Measure>>,
    third: RwSignal<Option<Measure>>,
    split: RwSignal<Option<Dimension>>,
    other_split: RwSignal<Option<Dimension>>,
    over_time: RwSignal<bool>,
    picture: RwSignal<Option<Picture>>,
    limit: RwSignal<Option<u32>>,
    filter: RwSignal<Option<Dimension>>,
    values: RwSignal<String>,
    title: RwSignal<String>,
    goal: RwSignal<Option<f64>>,
    goal_period: RwSignal<Grain>,
    minor_per_major: f64,
}

impl Chosen {
    fn new(minor_per_major: f64) -> Self {
        Self {
            analysis: RwSignal::default(),
            measure: RwSignal::new(Measure::NetSales),
            second: RwSignal::default(),
            third: RwSignal::default(),
            split: RwSignal::default(),
            other_split: RwSignal::default(),
            over_time: RwSignal::new(true),
            picture: RwSignal::default(),
            limit: RwSignal::default(),
            filter: RwSignal::default(),
            values: RwSignal::default(),
            title: RwSignal::default(),
            goal: RwSignal::default(),
            goal_period: RwSignal::new(Grain::Month),
            minor_per_major,
        }
    }

    /// The card that the choices make. A picture that no longer suits falls back to what reads best.
    fn card(self) -> BoardCard {
        let values: Vec<String> = self.values.get().split(',').map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
        let filter = self.filter.get().filter(|_| !values.is_empty());
        let filters: Vec<Filter> = filter.map(|dimension| Filter::is_in(dimension, values)).into_iter().collect();
        let (title, analysis) = (self.title.get(), self.analysis.get());
        let card = if analysis.is_some() {
            BoardCard {
                title,
                question: Question { filters, ..Question::default() },
                analysis,
                over_time: false,
                share_of: None,
                rest_of: None,
                picture: None,
                goal: None,
                width: 12,
            }
        } else {
            self.question_card(title, filters)
        };
        let picture = self.picture.get().filter(|picture| card.pictures().contains(picture));
        let width = match picture.unwrap_or_else(|| card.natural_picture()) {
            Picture::Figure => 3,
            Picture::Donut | Picture::Funnel | Picture::Bar | Picture::Column => 6,
            _ => 12,
        };
        BoardCard { picture, width, ..card }
    }

    fn question_card(self, title: String, filters: Vec<Filter>) -> BoardCard {
        let mut measures = vec![self.measure.get()];
        for more in [self.second.get(), self.third.get()].into_iter().flatten() {
            if !measures.contains(&more) {
                measures.push(more);
            }
        }
        let mut dimensions: Vec<Dimension> = self.split.get().into_iter().collect();
        dimensions.extend(self.other_split.get().filter(|other| self.split.get().is_some_and(|split| split != *other)));
        let question = Question { measures, dimensions, filters, limit: self.limit.get(), ..Question::default() };
        let over_time = self.over_time.get();
        let goal = self.goal().filter(|_| Picture::Figure.suits(&question, over_time));
        BoardCard { title, question, analysis: None, over_time, share_of: None, rest_of: None, picture: None, goal, width: 12 }
    }

    /// What was typed as people say it: money in major units, shares in percent.
    fn goal(self) -> Option<CardGoal> {
        let scale = match self.measure.get().entry().unit {
            Unit::Money => self.minor_per_major,
            Unit::Ratio => 0.01,
            Unit::Number => 1.0,
        };
        let amount = Number::from_f64(self.goal.get()? * scale)?;
        Some(CardGoal { amount, period: Some(self.goal_period.get()), from: None, to: None })
    }
}

/// The form, its preview, and the button that pins it.
#[component]
pub(super) fn Builder(draft: Draft) -> impl IntoView {
    let chosen = Chosen::new(use_session().merchant().currency.minor_per_major() as f64);
    let card = Memo::new(move |_| chosen.card());
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
    let pin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answer = shown.get_untracked().filter(|_| !is_old.get_untracked()).and_then(|(_, answer)| answer.ok());
        draft.push(card.get_untracked(), answer);
        draft.said.set("Card added".to_owned());
    };
    let preview = move || match shown.get() {
        None => view! { <Skeleton lines=5 /> }.into_any(),
        Some((_, Err(error))) => view! { <ErrorState error /> }.into_any(),
        Some((_, Ok(card))) => view! { <BoardCardView card open_tables=OpenTables::default() /> }.into_any(),
    };
    view! {
        <section class="card builder" aria-label="Add a card">
            <h2 class="card-title">"Add a card"</h2>
            <form on:submit=pin>
                <div class="builder-parts">
                    <Choices chosen card />
                    <div class="builder-preview" aria-live="polite" aria-busy=move || is_old.get().then_some("true")>{preview}</div>
                </div>
                <div><Button kind=ButtonKind::Secondary icon="plus" submit=true>"Pin this card"</Button></div>
            </form>
        </section>
    }
}

#[component]
fn Choices(chosen: Chosen, card: Memo<BoardCard>) -> impl IntoView {
    let measures = || MEASURES.iter().map(|entry| (entry.name, entry.label)).collect::<Vec<_>>();
    let dimensions = || DIMENSIONS.iter().map(|entry| (entry.name, entry.label)).collect::<Vec<_>>();
    let measure = |text: &str| Measure::parse(text).ok();
    let dimension = |text: &str| Dimension::parse(text).ok();
    let pictures = move || {
        let card = card.get();
        let (suited, natural) = (card.pictures(), card.natural_picture());
        let mut all = vec![(String::new(), format!("What reads best ({})", natural.label().to_lowercase()))];
        all.extend(suited.into_iter().map(|picture| (picture.as_str().to_owned(), picture.label().to_owned())));
        let now = card.picture.map_or_else(String::new, |picture| picture.as_str().to_owned());
        all.into_iter().map(|(value, label)| view! { <option value=value.clone() selected=value == now>{label}</option> }).collect_view()
    };
    view! {
        <div class="builder-choices">
            <Pick id="builder-analysis" label="A card of" choices=analysis_choices() none=Some("Figures of your choice") first="" on_pick=move |label: String| {
                chosen.analysis.set(analyses().into_iter().find(|analysis| analysis.label() == label));
            } />
            <div class="builder-question" hidden=move || chosen.analysis.with(Option::is_some)>
            <Pick id="builder-measure" label="Show" choices=measures() none=None first="net_sales" on_pick=move |text: String| {
                if let Some(measure) = measure(&text) { chosen.measure.set(measure) }
            } />
            <Pick id="builder-second" label="And" choices=measures() none=Some("Nothing else") first="" on_pick=move |text: String| chosen.second.set(measure(&text)) />
            <Pick id="builder-third" label="And also" choices=measures() none=Some("Nothing else") first="" on_pick=move |text: String| chosen.third.set(measure(&text)) />
            <Pick id="builder-split" label="Split by" choices=dimensions() none=Some("Nothing") first="" on_pick=move |text: String| chosen.split.set(dimension(&text)) />
            <Pick id="builder-other" label="And by" choices=dimensions() none=Some("Nothing else") first="" on_pick=move |text: String| chosen.other_split.set(dimension(&text)) />
            <label class="choice builder-time">
                <input type="checkbox" checked on:change:target=move |event| chosen.over_time.set(event.target().checked()) />
                <span>"Over time"</span>
            </label>
            <Pick id="builder-limit" label="At most" choices=vec![("5", "5 rows"), ("10", "10 rows"), ("20", "20 rows"), ("50", "50 rows"), ("100", "100 rows")]
                none=Some("As many as read well") first="" on_pick=move |text: String| chosen.limit.set(text.parse().ok()) />
            </div>
            <Pick id="builder-filter" label="Only where" choices=dimensions() none=Some("No filter") first="" on_pick=move |text: String| chosen.filter.set(dimension(&text)) />
            <Show when=move || chosen.filter.get().is_some()>
                <div class="field">
                    <label for="builder-values">"Is one of (separated by commas)"</label>
                    <input class="input" id="builder-values" on:change:target=move |event| chosen.values.set(event.target().value()) />
                </div>
            </Show>
            <div class="field">
                <label for="builder-picture">"As"</label>
                <select class="select input" id="builder-picture" on:change:target=move |event| chosen.picture.set(Picture::parse(&event.target().value()))>
                    {pictures}
                </select>
            </div>
            <GoalField chosen card />
            <div class="field">
                <label for="builder-title">"Heading (if you like)"</label>
                <input class="input" id="builder-title" maxlength="100" on:change:target=move |event| chosen.title.set(event.target().value()) />
            </div>
        </div>
    }
}

/// A single figure may have a goal.
#[component]
fn GoalField(chosen: Chosen, card: Memo<BoardCard>) -> impl IntoView {
    let is_figure = move || card.with(|card| Picture::of(card) == Picture::Figure);
    let mut periods = vec![("month", "In each month"), ("quarter", "In each quarter"), ("year", "In each year")];
    if use_session().merchant().calendar().has_own_year() {
        periods.extend([("fiscal_quarter", "In each fiscal quarter"), ("fiscal_year", "In each fiscal year")]);
    }
    view! {
        <div class="builder-goal" hidden=move || !is_figure()>
            <div class="field">
                <label for="builder-goal">"Goal (if there is one)"</label>
                <input class="input" id="builder-goal" type="number" min="0" step="any" on:change:target=move |event| {
                    chosen.goal.set(event.target().value().parse().ok());
                } />
            </div>
            <Pick id="builder-goal-period" label="To be reached" choices=periods none=None first="month" on_pick=move |text: String| {
                if let Some(grain) = Grain::parse(&text) { chosen.goal_period.set(grain) }
            } />
        </div>
    }
}

/// What can be analysed; cohorts in both of their forms.
fn analyses() -> Vec<Analysis> {
    let revenue = CohortsInput { show: CohortFigure::Revenue, ..CohortsInput::default() };
    Analysis::all().into_iter().chain([Analysis::Cohorts(revenue)]).collect()
}

fn analysis_choices() -> Vec<(&'static str, &'static str)> {
    analyses().iter().map(|analysis| (analysis.label(), analysis.label())).collect()
}

/// One choice of a list.
#[component]
fn Pick(
    id: &'static str,
    label: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    none: Option<&'static str>,
    first: &'static str,
    #[prop(into)] on_pick: Callback<(String,)>,
) -> impl IntoView {
    let options = choices.into_iter().map(|(value, label)| view! { <option value=value selected=value == first>{label}</option> }).collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select class="select input" id=id on:change:target=move |event| on_pick.run((event.target().value(),))>
                {none.map(|none| view! { <option value="">{none}</option> })}
                {options}
            </select>
        </div>
    }
}
