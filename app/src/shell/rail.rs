use crate::session::use_session;
use crate::shell::Brand;
use crate::ui::Icon;
use domain::places::{Group, Place, is_at, places_for};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The left rail: what the owner wants, in groups; settings at the foot.
#[component]
pub(crate) fn Rail() -> impl IntoView {
    let session = use_session();
    let group = move |group: Group| {
        let links = move || places_for(session.role(), group).map(|place| view! { <PlaceLink place /> }).collect_view();
        view! {
            <div class="rail-group">
                <h2>{group.label()}</h2>
                <ul>{links}</ul>
            </div>
        }
    };
    view! {
        <nav class="rail" aria-label="Main">
            <Brand href="/sales" />
            {group(Group::See)} {group(Group::Data)}
            <ul class="rail-foot">
                <SettingsLink />
            </ul>
        </nav>
    }
}

/// A link to a place that knows when one is there.
#[component]
pub(crate) fn PlaceLink(place: Place) -> impl IntoView {
    let location = use_location();
    let current = move || location.pathname.with(|pathname| is_at(pathname, place.path)).then_some("page");
    view! {
        <li>
            <a class="place" href=place.path aria-current=current>
                <Icon name=place.icon />
                <span>{place.label}</span>
            </a>
        </li>
    }
}

#[component]
fn SettingsLink() -> impl IntoView {
    let location = use_location();
    let current = move || location.pathname.with(|pathname| is_at(pathname, "/settings")).then_some("true");
    view! {
        <li>
            <a class="place" href="/settings/shop" aria-current=current>
                <Icon name="settings" />
                <span>"Settings"</span>
            </a>
        </li>
    }
}
