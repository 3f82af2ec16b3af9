use domain::format;
use leptos::prelude::*;

/// An instant. The server writes UTC, which is the same for everybody; the browser then puts its own clock's time in its place.
#[component]
pub fn Instant(
    /// Milliseconds since 1970-01-01 UTC.
    at: i64,
) -> impl IntoView {
    let shown = RwSignal::new(format::instant(at));
    Effect::new(move |_| shown.set(local(at)));
    view! { <time title=format::instant(at)>{move || shown.get()}</time> }
}

fn local(at: i64) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
    let month = format::month_name(date.get_month() + 1);
    format!("{} {month} {}, {:02}:{:02}", date.get_date(), date.get_full_year(), date.get_hours(), date.get_minutes())
}
