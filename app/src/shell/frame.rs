use leptos::prelude::*;
use leptos_router::components::Outlet;

/// What stands around every page of a signed-in member.
#[component]
pub fn Frame() -> impl IntoView {
    view! {
        <main id="main" class="page" tabindex="-1">
            <Outlet />
        </main>
    }
}
