use crate::ui::{Icon, Menu};
use domain::range::{RangeChoice, RangePreset};
use leptos::prelude::*;
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
    let choices = RangePreset::ALL.map(|preset| {
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
    });
    let name = move || match chosen.get() {
        Some(RangeChoice::Preset(preset)) => preset.label().to_owned(),
        Some(RangeChoice::Custom(days)) => domain::format::range(days),
        None => "Choose days".to_owned(),
    };
    let trigger = move || view! { <Icon name="calendar" /> <strong>{name}</strong> };
    view! {
        <Menu id=MENU label=Signal::derive(move || format!("{}: choose days", name())) trigger=ViewFn::from(trigger) with_arrow=true class="picker-trigger">
            <ul class="picker-list">{choices.collect_view()}</ul>
        </Menu>
    }
}
