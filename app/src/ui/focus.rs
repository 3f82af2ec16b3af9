//! Where the keyboard is, when what had it moves or goes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives the focus to an element, once the page shows what was changed.
pub fn focus_soon(id: String) {
    request_animation_frame(move || focus(document().get_element_by_id(&id)));
}

/// Whatever has the focus has it still after the page shows what was changed: an element that moves in the document loses it.
pub fn keep_focus() {
    let element = document().active_element();
    request_animation_frame(move || focus(element));
}

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Fails only for an element that cannot take it.
        let _ = element.focus();
    }
}
