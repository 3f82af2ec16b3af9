//! Light, dark, or as the system has it. The choice is a cookie, so that the server's first paint is right.

use crate::ui::IconButton;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The cookie that keeps the choice.
pub(crate) const THEME_COOKIE: &str = "tradepost_theme";

/// The theme a `Cookie` header asks for; nothing means "as the system has it".
#[cfg(any(feature = "ssr", test))]
pub(crate) fn theme_of(cookies: &str) -> Option<&'static str> {
    let value = cookies.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == THEME_COOKIE)?.1;
    ["light", "dark"].into_iter().find(|theme| *theme == value)
}

/// Turns light into dark and back, and remembers it for a year.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let is_dark = RwSignal::new(false);
    Effect::new(move |_| is_dark.set(is_dark_now()));
    let toggle = move |_| {
        let dark = !is_dark_now();
        remember(if dark { "dark" } else { "light" });
        is_dark.set(dark);
    };
    let label = Signal::derive(move || if is_dark.get() { "Use the light theme".to_owned() } else { "Use the dark theme".to_owned() });
    let icon = Signal::derive(move || if is_dark.get() { "sun" } else { "moon" });
    view! { <IconButton label icon on:click=toggle /> }
}

fn is_dark_now() -> bool {
    let chosen = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches()),
    }
}

fn remember(theme: &str) {
    if let Some(root) = document().document_element() {
        // Setting an attribute fails only for an illegal name.
        let _ = root.set_attribute("data-theme", theme);
    }
    let cookie = format!("{THEME_COOKIE}={theme}; Path=/; Max-Age=31536000; SameSite=Lax");
    // Where cookies are closed to us, the theme lasts until the next page is loaded.
    let _ = js_sys::Reflect::set(&document(), &JsValue::from_str("cookie"), &JsValue::from_str(&cookie));
}

#[cfg(test)]
mod tests {
    use super::theme_of;

    #[test]
    fn only_the_two_themes_are_read_from_the_cookie() {
        assert_eq!(theme_of("a=b; tradepost_theme=dark"), Some("dark"));
        assert_eq!(theme_of("tradepost_theme=\"><script>"), None);
        assert_eq!(theme_of(""), None);
    }
}
