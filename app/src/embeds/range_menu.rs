use crate::session::use_session;
use crate::ui::{Icon, Menu, sentence};
use domain::Day;
use domain::range::{DateRange, RangeChoice, RangePreset};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

const MENU: &str = "board-range";

fn close() {
    if let Some(menu) = document().get_element_by_id(MENU).and_then(|menu| menu.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails only when it is closed already.
        let _ = menu.hide_popover();
    }
}

/// The page's range of days, which the tool's parameters follow.
#[component]
pub(super) fn RangeMenu(path: String, range: Memo<Option<String>>) -> impl IntoView {
    let chosen = Memo::new(move |_| range.with(|range| range.as_deref().and_then(|range| range.parse::<RangeChoice>().ok())));
    let offered = RangePreset::offered(use_session().merchant().calendar());
    let choice = |preset: RangePreset| {
        let is_chosen = move || chosen.get() == Some(RangeChoice::Preset(preset));
        view! {
            <li>
                <a
                    class="picker-choice"
                    href=format!("{path}?range={}", preset.as_str())
                    data-noscroll=""
                    aria-current=move || is_chosen().then_some("true")
                    on:click=move |_| close()
                >
                    {preset.label()}
                </a>
            </li>
        }
    };
    let choices = offered.map(choice).collect_view();
    let name = move || match chosen.get() {
        Some(RangeChoice::Preset(preset)) => preset.label().to_owned(),
        Some(RangeChoice::Custom(days)) => domain::format::range(days),
        None => "Choose days".to_owned(),
    };
    let trigger = move || view! { <Icon name="calendar" /> <strong>{name}</strong> };
    view! {
        <Menu id=MENU label=Signal::derive(move || format!("{}: choose days", name())) trigger=ViewFn::from(trigger) with_arrow=true class="picker-trigger">
            <div class="range-picker">
                <ul class="picker-list">{choices}</ul>
                <CustomDays path chosen />
            </div>
        </Menu>
    }
}

/// Any two days.
#[component]
fn CustomDays(path: String, chosen: Memo<Option<RangeChoice>>) -> impl IntoView {
    let days = chosen.get_untracked().and_then(|choice| if let RangeChoice::Custom(days) = choice { Some(days) } else { None });
    let from = RwSignal::new(days.map(|days| days.from.to_string()).unwrap_or_default());
    let to = RwSignal::new(days.map(|days| days.to.to_string()).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let navigate = use_navigate();
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = || DateRange::new(from.get_untracked().parse::<Day>()?, to.get_untracked().parse::<Day>()?);
        match read() {
            Ok(days) => {
                error.set(None);
                close();
                navigate(&format!("{path}?range={}", RangeChoice::Custom(days)), NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }
            Err(problem) => error.set(Some(sentence(&problem.message))),
        }
    };
    let day = |id: &'static str, label: &'static str, value: RwSignal<String>| {
        view! {
            <label for=id>{label}</label>
            <input
                class="input"
                type="date"
                id=id
                required
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
    };
    view! {
        <form class="custom-days" on:submit=apply>
            {day("board-days-from", "From", from)}
            {day("board-days-to", "To", to)}
            <p class="field-error" role="alert">{move || error.get()}</p>
            <button type="submit" class="button button-secondary"><span>"Show these days"</span></button>
        </form>
    }
}
