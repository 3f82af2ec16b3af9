//! What a form has made and shows only once.

use domain::AppError;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use wasm_bindgen::JsCast;

/// The last thing that an action made. A later try that is refused does not take it away; the form of the id is emptied for
/// the next one.
pub fn last_made<S>(action: ServerAction<S>, form: &'static str) -> RwSignal<Option<S::Output>>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let made = RwSignal::new(None);
    Effect::new(move |_| {
        if let Some(Ok(new)) = action.value().get() {
            made.set(Some(new));
            empty(form);
        }
    });
    made
}

fn empty(form: &str) {
    let form = document().get_element_by_id(form).and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        form.reset();
    }
}
