use leptos::{ev, prelude::*};

/// One tab; its panel has the id `panel-{id}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub id: &'static str,
    pub label: String,
}

/// A row of tabs. Arrow keys move, the chosen one is the only tab stop. The caller shows the panel.
#[component]
pub fn Tabs(
    #[prop(into)] label: String,
    tabs: Vec<Tab>,
    #[prop(into)] active: Signal<&'static str>,
    on_change: Callback<&'static str>,
) -> impl IntoView {
    let ids: Vec<_> = tabs.iter().map(|tab| tab.id).collect();
    let on_key = move |event: ev::KeyboardEvent| {
        let at = ids.iter().position(|id| *id == active.get_untracked()).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (at + 1) % ids.len(),
            "ArrowLeft" => (at + ids.len() - 1) % ids.len(),
            "Home" => 0,
            "End" => ids.len() - 1,
            _ => return,
        };
        event.prevent_default();
        on_change.run(ids[next]);
        focus(&format!("tab-{}", ids[next]));
    };
    let buttons = tabs
        .into_iter()
        .map(|Tab { id, label }| {
            view! {
                <button
                    type="button"
                    role="tab"
                    class="tab"
                    id=format!("tab-{id}")
                    aria-controls=format!("panel-{id}")
                    aria-selected=move || if active.get() == id { "true" } else { "false" }
                    tabindex=move || if active.get() == id { "0" } else { "-1" }
                    on:click=move |_| on_change.run(id)
                >
                    {label}
                </button>
            }
        })
        .collect_view();
    view! { <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>{buttons}</div> }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focusing fails only for an element that cannot take it; the choice has been made all the same.
        let _ = element.focus();
    }
}
