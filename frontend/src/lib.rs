//! The browser's entry point: takes over the page that the server has rendered.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the program is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    // From here on clicks and keys are heard; the browser tests wait for it.
    if let Some(root) = leptos::prelude::document().document_element() {
        root.set_attribute("data-hydrated", "true").expect("the name is a valid attribute");
    }
}
