//! A board on a wall: how to leave it, and how several take turns. The element `<tradepost-screen>` of `public/js/screen.js` keeps the
//! screen awake and hides the bar and the pointer while nobody moves.

use crate::ui::Icon;
use leptos::{ev, prelude::*};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// How long each board may be shown, in seconds.
pub(super) const TURNS: [u32; 5] = [15, 30, 60, 120, 300];

/// Several boards in turn.
#[derive(Clone, Copy, Default)]
pub(super) struct Show {
    /// Seconds for each; without them the board stays.
    pub(super) seconds: Option<Signal<Option<u32>>>,
    /// The address of the next board, or of the one before.
    pub(super) step: Option<Callback<bool, Option<String>>>,
    /// This board's address with other seconds.
    pub(super) with_seconds: Option<Callback<Option<u32>, String>>,
}

/// The bar of a screen, and its keys: Esc leaves, F fills the screen, the arrows turn, the space bar holds.
#[component]
pub(super) fn Screen(#[prop(into)] exit: Signal<String>, show: Show) -> impl IntoView {
    let is_held = RwSignal::new(false);
    let navigate = use_navigate();
    let go = Callback::new(move |target: String| {
        navigate(&target, NavigateOptions { replace: true, scroll: true, ..NavigateOptions::default() });
    });
    let step = move |forward: bool| {
        if let Some(target) = show.step.and_then(|step| step.run(forward)) {
            go.run(target);
        }
    };
    take_turns(exit, show, is_held, Callback::new(move |()| step(true)));
    listen_for_keys(exit, show, is_held, go, Callback::new(step));
    view! {
        <tradepost-screen></tradepost-screen>
        <nav class="tv-bar" aria-label="Screen">
            <a class="button button-secondary" href=move || exit.get()>
                <Icon name="x" />
                <span>"Leave"</span>
            </a>
            <button type="button" class="button button-secondary" on:click=|_| full_screen()>
                <Icon name="maximize-2" />
                <span>"Full screen"</span>
            </button>
            {show.with_seconds.map(|with_seconds| view! { <Turns show with_seconds is_held go /> })}
        </nav>
    }
}

/// How long each board is shown, and whether this one is held.
#[component]
fn Turns(show: Show, with_seconds: Callback<Option<u32>, String>, is_held: RwSignal<bool>, go: Callback<String>) -> impl IntoView {
    let now = move || show.seconds.and_then(|seconds| seconds.get());
    let choose = move |event: ev::Event| go.run(with_seconds.run(event_target_value(&event).parse().ok()));
    let options = TURNS.map(|seconds| {
        let label = if seconds < 60 {
            format!("{seconds} seconds each")
        } else {
            domain::format::counted(i64::from(seconds / 60), "minute each", "minutes each")
        };
        view! { <option value=seconds.to_string() selected=move || now() == Some(seconds)>{label}</option> }
    });
    view! {
        <label class="tv-turns">
            <span>"Favourites in turn"</span>
            <select class="input select" on:change=choose>
                <option value="" selected=move || now().is_none()>"Only this board"</option>
                {options}
            </select>
        </label>
        <Show when=move || now().is_some()>
            <button
                type="button"
                class="button button-secondary"
                aria-pressed=move || if is_held.get() { "true" } else { "false" }
                on:click=move |_| is_held.update(|held| *held = !*held)
            >
                <span>"Hold this board"</span>
            </button>
        </Show>
    }
}

fn take_turns(exit: Signal<String>, show: Show, is_held: RwSignal<bool>, next: Callback<()>) {
    let Some(seconds) = show.seconds else { return };
    Effect::new(move |_| {
        // Each board has its time from when it came, also after a turn by hand.
        exit.track();
        let Some(seconds) = seconds.get().filter(|_| !is_held.get()) else { return };
        let timer = set_interval_with_handle(move || next.run(()), Duration::from_secs(seconds.into()));
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
}

fn listen_for_keys(exit: Signal<String>, show: Show, is_held: RwSignal<bool>, go: Callback<String>, step: Callback<bool>) {
    // Where no boards take turns, these keys scroll the one that is there.
    let turns = move || show.seconds.is_some_and(|seconds| seconds.get_untracked().is_some());
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || is_for_a_control(&event) {
                return;
            }
            match event.key().as_str() {
                // The browser itself leaves the full screen first.
                "Escape" if document().fullscreen_element().is_none() => go.run(exit.get_untracked()),
                "f" => full_screen(),
                "ArrowRight" if turns() => step.run(true),
                "ArrowLeft" if turns() => step.run(false),
                " " if turns() => is_held.update(|held| *held = !*held),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || listener.remove());
    });
}

/// Whether a key is for what has the focus. Esc always leaves.
fn is_for_a_control(event: &ev::KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return false };
    let is_select = element.tag_name() == "SELECT";
    let is_button = matches!(element.tag_name().as_str(), "BUTTON" | "A");
    is_select && event.key() != "Escape" || is_button && event.key() == " "
}

/// Fills the screen with the board, or gives it back.
fn full_screen() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(page) = document().document_element() {
        // Refused where the browser does not allow it; then nothing changes.
        let _ = page.request_fullscreen();
    }
}
