//! A board's frame with what stands around it: skeleton, failure, doubts, full screen, check.

use super::check::CheckDialog;
use super::failure::{Failure, Problem, ask_whether_shown};
use super::payload::{payload, shape};
use super::words::host;
use crate::ui::{Button, ButtonKind, Icon, Notice, Tone};
use domain::embeds::{EmbedAccess, EmbedView};
use domain::ids::EmbedId;
use leptos::{html, prelude::*};
use wasm_bindgen::JsValue;
use web_sys::CustomEvent;

/// What the element says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Loading,
    /// Loaded; there may be a doubt.
    Shown(Option<Problem>),
    Failed(Problem),
}

impl Stage {
    fn of(state: &str, kind: &str) -> Self {
        let problem = Problem::of(kind);
        match state {
            "shown" => Self::Shown(problem),
            "failed" => Self::Failed(problem.unwrap_or(Problem::Timeout)),
            _ => Self::Loading,
        }
    }
}

/// A text in the detail of an event of the element.
pub(super) fn detail(event: &CustomEvent, key: &str) -> String {
    js_sys::Reflect::get(&event.detail(), &JsValue::from_str(key)).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// The frame's id on its page; there is one.
pub(super) const FRAME: &str = "board-frame";

/// What the element found out before the application was there to hear of it.
fn found_before() -> Option<Stage> {
    let element = document().get_element_by_id(FRAME)?;
    Some(Stage::of(&element.get_attribute("data-state")?, &element.get_attribute("data-kind").unwrap_or_default()))
}

/// A wish for another view of the board.
#[derive(Clone, Copy, Debug)]
pub(super) struct Renewal {
    /// Signed with the secret before the newest.
    pub(super) previous_secret: bool,
    /// A person asked for it, and is told when it fails.
    pub(super) by_hand: bool,
}

/// A board with its tools. `on_renew` asks for another view.
#[component]
pub(super) fn BoardStage(id: EmbedId, view: RwSignal<EmbedView>, access: EmbedAccess, on_renew: Callback<Renewal>) -> impl IntoView {
    let stage = RwSignal::new(Stage::Loading);
    let box_ref = NodeRef::<html::Section>::new();
    let check_open = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(found) = found_before() {
            stage.set(found);
        }
    });
    let (title, height, open_url) = view.with_untracked(|view| (view.title.clone(), view.height, view.open_url.clone()));
    let (height_word, style) = shape(height);
    let on_state = move |event: CustomEvent| stage.set(Stage::of(&detail(&event, "state"), &detail(&event, "kind")));
    let full_screen = move |_| {
        if let Some(element) = box_ref.get_untracked() {
            // Refused where the browser has no full screen, as on some phones; the board stays as it is.
            let _ = element.request_fullscreen();
        }
    };
    view! {
        <section class="board-stage" node_ref=box_ref aria-label=format!("Board {title}")>
            <Doubt stage view />
            <div class="board-frame" aria-busy=move || if stage.get() == Stage::Loading { "true" } else { "false" }>
                <tradepost-board
                    id=FRAME
                    data-height=height_word
                    style=style
                    view=move || view.with(payload)
                    on:board-state=on_state
                    on:board-refresh=move |event: CustomEvent| on_renew.run(Renewal { previous_secret: detail(&event, "secret") == "previous", by_hand: false })
                ></tradepost-board>
                {move || match stage.get() {
                    Stage::Loading => view! { <Waiting host=view.with_untracked(|view| host(&view.origin)) /> }.into_any(),
                    Stage::Failed(problem) => view! { <Failure problem view check_open /> }.into_any(),
                    Stage::Shown(_) => ().into_any(),
                }}
            </div>
            <div class="board-foot">
                <div class="row">
                    <Button icon="maximize-2" on:click=full_screen>"Full screen"</Button>
                    {open_url.map(|url| view! { <OpenInTool url /> })}
                    <Button icon="list-checks" on:click=move |_| check_open.set(true)>"Check"</Button>
                </div>
                <OtherSecret view on_renew />
                {ask_whether_shown(view, access)}
            </div>
        </section>
        <CheckDialog id open=check_open />
    }
}

/// The board where it comes from, in a window of its own.
#[component]
pub(super) fn OpenInTool(url: String) -> impl IntoView {
    view! {
        <a class="button button-secondary" href=url target="_blank" rel="noopener noreferrer external">
            <Icon name="external-link" />
            <span>"Open in the tool"</span>
            <span class="visually-hidden">" (in a new window)"</span>
        </a>
    }
}

/// For a while after a change of secret the tool may know either. Where it does not tell, whoever looks at its frame can.
#[component]
fn OtherSecret(view: RwSignal<EmbedView>, on_renew: Callback<Renewal>) -> impl IntoView {
    let state = Memo::new(move |_| view.with(|view| (view.other_secret, view.previous_secret)));
    let (newest, previous) = (
        ("This board's secret was replaced a short while ago. If the tool does not accept the new one yet:", "Use the one before"),
        ("This board is shown with the secret before the newest, until that ends.", "Use the newest"),
    );
    let has_other = move || state.get().0;
    let chosen = move || if state.get().1 { previous } else { newest };
    let ask = move |_| on_renew.run(Renewal { previous_secret: !state.get_untracked().1, by_hand: true });
    view! {
        <Show when=has_other>
            <div class="row board-other-secret">
                <span>{move || chosen().0}</span>
                <Button kind=ButtonKind::Quiet icon="key-round" on:click=ask>{move || chosen().1}</Button>
            </div>
        </Show>
    }
}

/// The frame's shape until there is something in it.
#[component]
fn Waiting(host: String) -> impl IntoView {
    let figures = (0..4).map(|_| view! { <span class="skeleton"></span> }).collect_view();
    view! {
        <div class="board-cover">
            <p class="board-waits" role="status">{format!("Waiting for {host}…")}</p>
            <div class="board-ghost-figures" aria-hidden="true">{figures}</div>
            <span class="skeleton board-ghost-chart" aria-hidden="true"></span>
        </div>
    }
}

/// Something may be wrong with a frame that has loaded.
#[component]
fn Doubt(stage: RwSignal<Stage>, view: RwSignal<EmbedView>) -> impl IntoView {
    move || {
        let Stage::Shown(Some(problem)) = stage.get() else { return ().into_any() };
        let lines = view.with(|view| problem.lines(&view.help)).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! {
            <Notice tone=Tone::Warning live=true>
                {(problem == Problem::Refused).then(|| view! { <p><strong>"The frame has loaded, but the board has said nothing. If you do not see it:"</strong></p> })}
                {lines}
            </Notice>
        }
        .into_any()
    }
}
