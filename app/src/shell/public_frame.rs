use crate::shell::{Brand, ThemeToggle};
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// What stands around pages that are open to everybody.
#[component]
pub fn PublicFrame() -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">"Skip to the content"</a>
        <div class="public">
            <header class="public-bar">
                <Brand />
                <nav aria-label="Account">
                    <ThemeToggle />
                    <a class="button button-quiet" href="/sign-in">"Sign in"</a>
                </nav>
            </header>
            <main id="main" tabindex="-1">
                <Outlet />
            </main>
            <footer class="public-foot">"Your books stay on your own machine."</footer>
        </div>
    }
}
