//! Components and pages as the server renders them.
#![cfg(feature = "ssr")]

mod fields;
mod markup;
mod permissions;
mod states;

use leptos::prelude::*;

/// What the server sends for a view.
fn rendered<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    let html = owner.with(|| view().into_view().to_html());
    owner.unset();
    html
}
