//! The shop's settings, its members, keys and records.

use leptos::prelude::*;

#[component]
pub fn ApiKeysPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Api keys" /> }
}

#[component]
pub fn AuditPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Audit" /> }
}

#[component]
pub fn MembersPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Members" /> }
}

#[component]
pub fn SecurityPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Security" /> }
}

#[component]
pub fn ShopPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Shop" /> }
}

#[component]
pub fn SettingsFrame() -> impl IntoView {
    view! { <leptos_router::components::Outlet /> }
}
