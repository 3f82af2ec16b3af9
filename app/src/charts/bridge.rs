//! The browser's side of a picture: the element `<tradepost-chart>` of `public/js/charts.js` and the events it sends.
//!
//! The element mounts, resizes, themes and disposes itself. A new `option` attribute is all it takes to redraw, so nothing
//! has to be called from here, and a picture that came with the page is drawn before this application has loaded: the
//! document's head names the script.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::CustomEvent;

/// Which category a `chart-click` event is about.
pub(super) fn clicked_index(event: &CustomEvent) -> Option<usize> {
    let index = js_sys::Reflect::get(&event.detail(), &JsValue::from_str("index")).ok()?.as_f64()?;
    (index >= 0.0).then_some(index as usize)
}

/// Whether the picture failed before the application was there to hear of it.
pub(super) fn has_failed(id: &str) -> bool {
    document().get_element_by_id(id).and_then(|element| element.get_attribute("data-state")).is_some_and(|state| state == "failed")
}
