use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Hands a text to the browser as a file to keep.
pub fn save_text(file_name: &str, text: &str) {
    // Fails only where the browser forbids downloads altogether; it says so itself.
    let _ = try_save(file_name, text);
}

fn try_save(file_name: &str, text: &str) -> Result<(), JsValue> {
    // The mark tells spreadsheets that the text is UTF-8.
    let parts = js_sys::Array::of2(&JsValue::from_str("\u{feff}"), &JsValue::from_str(text));
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence(&parts)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(file_name);
    link.click();
    Url::revoke_object_url(&url)
}
