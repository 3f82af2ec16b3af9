use crate::session::use_session;
use crate::shell::PlaceLink;
use domain::places::{Group, places_for};
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// The list of settings beside each of them.
#[component]
pub fn SettingsFrame() -> impl IntoView {
    let session = use_session();
    view! {
        <div class="settings">
            <nav class="settings-nav" aria-label="Settings">
                <ul>{move || places_for(session.role(), Group::Settings).map(|place| view! { <PlaceLink place /> }).collect_view()}</ul>
            </nav>
            <div class="settings-body">
                <Outlet />
            </div>
        </div>
    }
}
