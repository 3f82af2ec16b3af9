use crate::shell::Brand;
use crate::ui::{EmptyState, LinkButton};
use leptos::prelude::*;
use leptos_meta::Title;

/// No page has this address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="No such page" />
        <div class="public">
            <header class="public-bar"><Brand /></header>
            <main id="main" tabindex="-1">
                <h1 class="visually-hidden">"No such page"</h1>
                <EmptyState title="There is no page at this address" text="It may have been moved, or the link was cut off. Your figures are where they were." icon="map-pin">
                    <LinkButton href="/sales" kind=crate::ui::ButtonKind::Primary>"Go to sales"</LinkButton>
                </EmptyState>
            </main>
        </div>
    }
}
