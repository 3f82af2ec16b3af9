use crate::session::use_session;
use crate::shell::rail::PlaceLink;
use crate::ui::Icon;
use domain::places::{Group, PLACES, is_at, places_for};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// On a phone: the places used most, and a sheet with the rest.
#[component]
pub(crate) fn BottomBar() -> impl IntoView {
    let session = use_session();
    let location = use_location();
    let main_places = move || {
        let role = session.role();
        let places = PLACES.into_iter().filter(move |place| place.group != Group::Settings && place.is_for(role));
        places.map(|place| view! { <PlaceLink place /> }).collect_view()
    };
    let sheet = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |previous: Option<String>| {
        let path = location.pathname.get();
        if let Some(sheet) = sheet.get()
            && previous.is_some_and(|previous| previous != path)
        {
            // Refused only when the sheet is closed already.
            let _ = sheet.hide_popover();
        }
        path
    });
    let in_settings = move || location.pathname.with(|pathname| is_at(pathname, "/settings")).then_some("true");
    view! {
        <nav class="bottom-bar" aria-label="Main, short">
            <ul>
                {main_places}
                <li>
                    <button class="place" type="button" popovertarget="more-sheet" aria-current=in_settings>
                        <Icon name="menu" />
                        <span>"More"</span>
                    </button>
                </li>
            </ul>
            <div class="sheet" id="more-sheet" popover="auto" node_ref=sheet>
                <h2>"Settings"</h2>
                <ul>{move || places_for(session.role(), Group::Settings).map(|place| view! { <PlaceLink place /> }).collect_view()}</ul>
            </div>
        </nav>
    }
}
