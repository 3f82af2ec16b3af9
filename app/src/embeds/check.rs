use super::api::check_board;
use super::stage::{FRAME, detail};
use crate::session::use_session;
use crate::ui::{Dialog, Icon, Notice, Skeleton, Tone, sentence};
use domain::Permission;
use domain::embeds::{CheckOutcome, CheckStep};
use domain::ids::EmbedId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::CustomEvent;

/// What the browser knows of the frame's steps; the element answers while it is asked.
fn browser_steps() -> Vec<CheckStep> {
    let Some(element) = document().get_element_by_id(FRAME) else { return Vec::new() };
    let answer = StoredValue::new(String::new());
    let heard = Closure::<dyn FnMut(CustomEvent)>::new(move |event: CustomEvent| answer.set_value(detail(&event, "steps")));
    let listener = heard.as_ref().unchecked_ref();
    // None of the three can fail for an element that is in the document.
    let _ = element.add_event_listener_with_callback("board-steps", listener);
    let _ = CustomEvent::new("board-check").and_then(|ask| element.dispatch_event(&ask));
    let _ = element.remove_event_listener_with_callback("board-steps", listener);
    serde_json::from_str(&answer.get_value()).unwrap_or_default()
}

/// Each step between the board's settings and the viewer's eyes.
#[component]
pub(super) fn CheckDialog(id: EmbedId, open: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let in_browser = RwSignal::new(Vec::new());
    let on_server = Action::new(move |(): &()| check_board(id));
    let asks_server = move || session.can(Permission::ManageBoards);
    Effect::new(move |_| {
        if open.get() {
            in_browser.set(browser_steps());
            if asks_server() {
                on_server.dispatch(());
            }
        }
    });
    let server_steps = move || match on_server.value().get() {
        None => view! { <Skeleton lines=4 /> }.into_any(),
        Some(Ok(steps)) => view! { <Steps steps /> }.into_any(),
        Some(Err(error)) => view! { <Notice tone=Tone::Bad>{sentence(&error.message)}</Notice> }.into_any(),
    };
    view! {
        <Dialog id="board-check" open title="Check of this board">
            <div class="stack">
                {move || asks_server().then(|| view! { <div><h3>"Settings"</h3> {server_steps}</div> })}
                <div>
                    <h3>"In your browser"</h3>
                    {move || view! { <Steps steps=in_browser.get() /> }}
                </div>
            </div>
        </Dialog>
    }
}

/// Steps with how each went.
#[component]
pub(super) fn Steps(steps: Vec<CheckStep>) -> impl IntoView {
    let rows = steps.into_iter().map(|CheckStep { outcome, sentence: text, .. }| {
        let (class, icon, word) = match outcome {
            CheckOutcome::Passed => ("is-passed", "circle-check", "Passed: "),
            CheckOutcome::Failed => ("is-failed", "circle-x", "Failed: "),
            CheckOutcome::Unknown => ("is-unknown", "circle-question-mark", "Not known: "),
        };
        view! {
            <li class=class>
                <Icon name=icon />
                <span><span class="visually-hidden">{word}</span>{text}</span>
            </li>
        }
    });
    view! { <ul class="board-steps">{rows.collect_view()}</ul> }
}
