use crate::session::{Session, get_me};
use crate::shell::bottom_bar::BottomBar;
use crate::shell::keyboard::listen_for_shortcuts;
use crate::shell::rail::Rail;
use crate::shell::shortcuts::ShortcutsDialog;
use crate::shell::top_bar::TopBar;
use crate::sources::Queue;
use crate::ui::{ErrorState, Skeleton};
use domain::accounts::Me;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// What stands around every page of a signed-in member. Pages below find the [`Session`] in the context.
///
/// For a page that comes from the server, who is asking is known before anything is built. Only so is the frame built once:
/// what awaits a resource may be built twice there, and the pages' resources within it then have other numbers than the browser's.
#[component]
pub fn Frame() -> impl IntoView {
    match SharedValue::new(known_me).into_inner() {
        Some(me) => view! { <SignedInFrame me /> }.into_any(),
        None => view! { <AskedFrame /> }.into_any(),
    }
}

/// What the server found out before it built the page; the browser reads it from the page.
fn known_me() -> Option<Me> {
    #[cfg(feature = "ssr")]
    return use_context::<Option<Me>>().flatten();
    #[cfg(not(feature = "ssr"))]
    None
}

/// The frame after signing in within the browser, which has to ask.
#[component]
fn AskedFrame() -> impl IntoView {
    let me = Resource::new_blocking(|| (), |()| get_me());
    view! {
        <Transition fallback=FrameSkeleton>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => view! { <SignedInFrame me /> }.into_any(),
                    Err(error) => view! { <main id="main" class="page"><ErrorState error /></main> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn SignedInFrame(me: Me) -> impl IntoView {
    let session = Session::new(me);
    provide_context(session);
    let queue = Queue::new(session.upload_max_bytes());
    provide_context(queue);
    queue.warn_before_leaving();
    let shortcuts_open = RwSignal::new(false);
    listen_for_shortcuts(shortcuts_open);
    move_focus_after_navigation();
    view! {
        <a class="skip-link" href="#main">"Skip to the content"</a>
        <div class="frame">
            <Rail />
            <div class="frame-body">
                <TopBar shortcuts_open />
                <DemoBanner />
                <main id="main" class="page" tabindex="-1">
                    <Outlet />
                </main>
            </div>
            <BottomBar />
        </div>
        <ShortcutsDialog open=shortcuts_open />
    }
}

/// A page that was opened by a link begins at its content, for those who hear it as for those who see it.
fn move_focus_after_navigation() {
    let location = use_location();
    Effect::new(move |previous: Option<String>| {
        let path = location.pathname.get();
        if previous.is_some_and(|previous| previous != path) {
            request_animation_frame(|| {
                use wasm_bindgen::JsCast;
                let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
                if let Some(main) = main {
                    // Focusing fails only for an element that cannot take it; this one can.
                    let _ = main.focus();
                }
            });
        }
        path
    });
}

#[component]
fn DemoBanner() -> impl IntoView {
    let session = crate::session::use_session();
    view! {
        <Show when=move || session.merchant().is_demo>
            <p class="demo-banner">
                <strong>"Demo shop."</strong>
                " An invented shop with invented customers; look around freely. "
                <a href="/sign-up" rel="external">"Open your own shop"</a>
            </p>
        </Show>
    }
}

#[component]
fn FrameSkeleton() -> impl IntoView {
    view! {
        <div class="frame">
            <div class="rail" aria-hidden="true"></div>
            <div class="frame-body">
                <div class="top-bar" aria-hidden="true"></div>
                <main class="page" aria-busy="true">
                    <h1 class="visually-hidden">"Loading"</h1>
                    <Skeleton lines=4 shape="figure" />
                    <Skeleton lines=2 shape="chart" />
                </main>
            </div>
        </div>
    }
}
