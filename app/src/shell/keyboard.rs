//! Going places by keyboard: `g` and a letter, `?` for the list of shortcuts.

use crate::session::use_session;
use crate::ui::may_leave;
use domain::places::PLACES;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// How long `g` waits for its letter.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Listens on the whole page for as long as the caller lives.
pub(crate) fn listen_for_shortcuts(shortcuts_open: RwSignal<bool>) {
    let session = use_session();
    let navigate = use_navigate();
    let waits_for_letter = RwSignal::new(false);
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
                return;
            }
            let key = event.key();
            if waits_for_letter.get_untracked() {
                waits_for_letter.set(false);
                let role = session.me().role;
                let place = PLACES.iter().find(|place| place.letter == key && place.is_for(role));
                if let Some(place) = place {
                    event.prevent_default();
                    if may_leave() {
                        navigate(place.path, leptos_router::NavigateOptions::default());
                    }
                }
            } else if key == "g" {
                waits_for_letter.set(true);
                let forget = move || {
                    // The page may be gone by then.
                    let _ = waits_for_letter.try_set(false);
                };
                set_timeout(forget, PATIENCE);
            } else if key == "?" {
                event.prevent_default();
                shortcuts_open.set(true);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
}
