//! Which days, against what, and how finely. Every choice is a link, so that it works before the application has loaded and
//! can be opened beside this page.

use super::address::use_address;
use crate::session::use_session;
use crate::ui::{Icon, Menu};
use domain::dashboards::DashboardView;
use domain::range::{Comparison, DateRange, Grain, RangeChoice, RangePreset};
use domain::{AppError, Day, format};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const RANGE_MENU: &str = "range-menu";
const COMPARISON_MENU: &str = "comparison-menu";

/// Closes a menu after a choice; the browser does it only for clicks outside.
pub(super) fn close(menu: &'static str) {
    if let Some(element) = document().get_element_by_id(menu).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Fails only when it is closed already.
        let _ = element.hide_popover();
    }
}

/// One choice of a picker.
#[component]
fn ChoiceLink(
    #[prop(into)] label: String,
    #[prop(into)] target: Signal<String>,
    #[prop(into)] chosen: Signal<bool>,
    #[prop(optional)] menu: Option<&'static str>,
    #[prop(optional, into)] hidden: Signal<bool>,
) -> impl IntoView {
    view! {
        <a
            class="picker-choice"
            hidden=move || hidden.get()
            href=move || target.get()
            data-noscroll=""
            aria-current=move || chosen.get().then_some("true")
            on:click=move |_| menu.into_iter().for_each(close)
        >
            {label}
        </a>
    }
}

/// What the pickers say of the figures below them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// What the page is of: pickers go with it.
    page: String,
    choice: Option<RangeChoice>,
    range: DateRange,
    comparison: Option<Comparison>,
    compared: Option<DateRange>,
    grain: Option<Grain>,
}

impl Seen {
    /// What came for a view of a page.
    pub(super) fn of(page: impl ToString, view: &DashboardView, range: DateRange) -> Self {
        Self { page: page.to_string(), choice: view.range, range, comparison: view.comparison(), compared: None, grain: None }
    }

    pub(super) fn against(self, compared: Option<DateRange>) -> Self {
        Self { compared, ..self }
    }

    pub(super) fn by(self, grain: Grain) -> Self {
        Self { grain: Some(grain), ..self }
    }
}

/// A part of what a page read, if it came and has it.
pub(super) fn part_of<T, U>(read: Resource<Result<T, AppError>>, part: impl FnOnce(&T) -> Option<U>) -> Option<U>
where
    T: Send + Sync + 'static,
{
    read.with(|read| part(read.as_ref()?.as_ref().ok()?))
}

/// What stands above figures: the pickers, and a note. They stay when figures come that were asked for before, so that an open menu, a day
/// that is being typed and the keyboard's place are not lost.
#[component]
pub(super) fn PickerBar(
    /// Nothing while there are no figures.
    seen: Memo<Option<Seen>>,
    #[prop(into)] pickers: Callback<Signal<Seen>, AnyView>,
    #[prop(into)] note: ViewFn,
) -> impl IntoView {
    let page = Memo::new(move |_| seen.with(|seen| seen.as_ref().map(|seen| seen.page.clone())));
    move || {
        page.get()?;
        let first = seen.get_untracked()?;
        let seen = Signal::derive(move || seen.get().unwrap_or_else(|| first.clone()));
        Some(view! {
            <div class="board-bar">
                <div class="board-pickers">{pickers.run(seen)}</div>
                {note.run()}
            </div>
        })
    }
}

/// Presets, or any two days.
#[component]
pub(super) fn RangePicker(view: Memo<DashboardView>, seen: Signal<Seen>) -> impl IntoView {
    let address = use_address();
    let offered = RangePreset::offered(use_session().merchant().calendar());
    let preset = |preset: RangePreset| {
        let choice = Some(RangeChoice::Preset(preset));
        let target = Signal::derive(move || address.href(&DashboardView { range: choice, ..view.get() }));
        let chosen = Signal::derive(move || view.with(|view| view.range == choice));
        view! { <li><ChoiceLink label=preset.label() target chosen menu=RANGE_MENU /></li> }
    };
    let presets = offered.map(preset).collect_view();
    let name = move || match seen.with(|seen| seen.choice) {
        Some(RangeChoice::Preset(preset)) => Some(preset.label()),
        _ => None,
    };
    let days = move || format::range(seen.with(|seen| seen.range));
    let label = Signal::derive(move || {
        let days = days();
        let shown = name().map_or_else(|| days.clone(), |name| format!("{name} {days}"));
        format!("{shown}: choose days")
    });
    let trigger = move || {
        view! {
            <Icon name="calendar" />
            {move || name().map(|name| view! { <strong>{name}</strong> " " })}
            <span>{days}</span>
        }
    };
    view! {
        <Menu id=RANGE_MENU label trigger=ViewFn::from(trigger) with_arrow=true class="picker-trigger">
            <div class="range-picker">
                <ul class="picker-list">{presets}</ul>
                <CustomDays view seen />
            </div>
        </Menu>
    }
}

#[component]
fn CustomDays(view: Memo<DashboardView>, seen: Signal<Seen>) -> impl IntoView {
    let address = use_address();
    let (typed_from, typed_to) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let from = Memo::new(move |_| typed_from.get().unwrap_or_else(|| seen.with(|seen| seen.range.from.to_string())));
    let to = Memo::new(move |_| typed_to.get().unwrap_or_else(|| seen.with(|seen| seen.range.to.to_string())));
    // What is typed lasts until days are chosen.
    Effect::new(move |_| {
        view.with(|view| view.range);
        typed_from.set(None);
        typed_to.set(None);
    });
    let error = RwSignal::new(None::<String>);
    let navigate = use_navigate();
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = || DateRange::new(from.get_untracked().parse::<Day>()?, to.get_untracked().parse::<Day>()?);
        match read() {
            Ok(range) => {
                error.set(None);
                let view = DashboardView { range: Some(RangeChoice::Custom(range)), ..view.get_untracked() };
                close(RANGE_MENU);
                navigate(&address.href(&view), NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }
            Err(problem) => error.set(Some(crate::ui::sentence(&problem.message))),
        }
    };
    let day = |id: &'static str, label: &'static str, shown: Memo<String>, typed: RwSignal<Option<String>>| {
        view! {
            <label for=id>{label}</label>
            <input
                class="input"
                type="date"
                id=id
                required
                value=shown.get_untracked()
                prop:value=move || shown.get()
                on:input:target=move |event| typed.set(Some(event.target().value()))
            />
        }
    };
    view! {
        <form class="custom-days" on:submit=apply>
            {day("custom-from", "From", from, typed_from)}
            {day("custom-to", "To", to, typed_to)}
            <p class="field-error" role="alert">{move || error.get()}</p>
            <button type="submit" class="button button-secondary"><span>"Show these days"</span></button>
        </form>
    }
}

/// Against what the figures are set.
#[component]
pub(super) fn ComparisonPicker(view: Memo<DashboardView>, seen: Signal<Seen>) -> impl IntoView {
    let address = use_address();
    let choices = [Some(Comparison::PreviousPeriod), Some(Comparison::LastYear), None].map(|comparison| {
        let target = Signal::derive(move || address.href(&DashboardView { compare: Some(comparison), ..view.get() }));
        let chosen = Signal::derive(move || view.with(|view| view.comparison() == comparison));
        view! { <li><ChoiceLink label=comparison_label(comparison) target chosen menu=COMPARISON_MENU /></li> }
    });
    let shown = move || comparison_label(seen.with(|seen| seen.comparison));
    let days = move || seen.with(|seen| seen.compared).map(format::range);
    let label = Signal::derive(move || match days() {
        Some(days) => format!("{} {days}: choose a comparison", shown()),
        None => format!("{}: choose a comparison", shown()),
    });
    let trigger = move || {
        view! {
            <Icon name="history" />
            <strong>{shown}</strong>
            {move || days().map(|days| view! { " " <span>{days}</span> })}
        }
    };
    view! {
        <Menu id=COMPARISON_MENU label trigger=ViewFn::from(trigger) with_arrow=true class="picker-trigger">
            <ul class="picker-list">{choices.collect_view()}</ul>
        </Menu>
    }
}

fn comparison_label(comparison: Option<Comparison>) -> &'static str {
    match comparison {
        Some(Comparison::PreviousPeriod) => "Previous period",
        Some(Comparison::LastYear) => "Year before",
        None => "No comparison",
    }
}

/// How fine the time axis is; only grains that give a readable number of points.
#[component]
pub(super) fn GrainPicker(view: Memo<DashboardView>, seen: Signal<Seen>) -> impl IntoView {
    let address = use_address();
    let has_own_year = use_session().merchant().calendar().has_own_year();
    // Those that do not fit are only hidden: the others keep the keyboard's place.
    let choices = Grain::ALL.map(|choice| {
        let target = Signal::derive(move || address.href(&DashboardView { grain: Some(choice), ..view.get() }));
        let chosen = Signal::derive(move || seen.with(|seen| seen.grain == Some(choice)));
        let hidden = Signal::derive(move || seen.with(|seen| !seen.grain.is_some_and(|grain| fits(seen.range, grain, choice, has_own_year))));
        view! { <ChoiceLink label=grain_label(choice) target chosen hidden /> }
    });
    view! { <div class="picker-segments" role="group" aria-label="Time axis">{choices.collect_view()}</div> }
}

/// Whether it gives 2 to 400 points in the range, or is in force; fiscal ones only where they are others than the calendar's.
fn fits(range: DateRange, in_force: Grain, choice: Grain, has_own_year: bool) -> bool {
    let reads_well = (has_own_year || !choice.is_fiscal()) && (2..=400).contains(&(range.days() / choice.about_days()));
    choice == in_force || reads_well
}

pub(super) fn grain_label(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "Days",
        Grain::Week => "Weeks",
        Grain::Month => "Months",
        Grain::Quarter => "Quarters",
        Grain::FiscalQuarter => "Fiscal quarters",
        Grain::Year => "Years",
        Grain::FiscalYear => "Fiscal years",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_grains_that_read_well_are_offered() {
        let range = |days: i32| DateRange { from: Day(0), to: Day(days - 1) };
        let fitting_grains = |range: DateRange, in_force: Grain, has_own_year: bool| {
            Grain::ALL.into_iter().filter(|choice| fits(range, in_force, *choice, has_own_year)).collect::<Vec<_>>()
        };
        assert_eq!(fitting_grains(range(7), Grain::Day, false), [Grain::Day]);
        assert_eq!(fitting_grains(range(30), Grain::Day, false), [Grain::Day, Grain::Week]);
        assert_eq!(fitting_grains(range(374), Grain::Month, false), [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter]);
        assert_eq!(fitting_grains(range(1200), Grain::Month, false), [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year]);
        assert_eq!(fitting_grains(range(1200), Grain::Month, true)[3..], [Grain::FiscalQuarter, Grain::Year, Grain::FiscalYear]);
        assert_eq!(fitting_grains(range(30), Grain::FiscalYear, false), [Grain::Day, Grain::Week, Grain::FiscalYear]);
    }
}
