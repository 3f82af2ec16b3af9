use super::boards_api::{SaveDashboard, preview_card};
use super::builder::Builder;
use super::card::BoardCardView;
use super::dashboard_page::{load, use_key};
use super::draft::{Draft, DraftCard, head_id};
use super::payload::ShownBoard;
use crate::charts::OpenTables;
use crate::session::use_session;
use crate::ui::{
    Breadcrumb, Button, ButtonKind, Crumb, DeniedState, EmptyState, ErrorState, IconButton, Notice, PageHead, Skeleton, Tone, Unsaved, sentence,
    toast_results,
};
use domain::dashboards::{BoardInput, BoardKey};
use domain::{AppError, Permission};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use wasm_bindgen::JsValue;
use web_sys::CustomEvent;

/// Changes a board of the shop's own.
#[component]
pub fn EditDashboardPage() -> impl IntoView {
    let key = use_key();
    let from = Signal::derive(move || key.get().map(|key| (key, true)));
    view! { <Editing from=from title="Change a board" /> }
}

/// Makes a board: an empty one, or a copy of the one that the address names.
#[component]
pub fn NewDashboardPage() -> impl IntoView {
    let query = use_query_map();
    let from = Signal::derive(move || query.with(|query| Some((query.get("from")?.parse().ok()?, false))));
    view! { <Editing from=from title="New board" /> }
}

/// What is changed: nothing yet, or a board; `true` where it is that one itself and not a copy.
type From = Option<(BoardKey, bool)>;

async fn start(from: From) -> Result<Option<ShownBoard>, AppError> {
    match from {
        Some((key, _)) => load(Some(key), "range=all".to_owned(), true).await.map(Some),
        None => Ok(None),
    }
}

#[component]
fn Editing(#[prop(into)] from: Signal<From>, title: &'static str) -> impl IntoView {
    let session = use_session();
    let board = Resource::new(move || from.get(), start);
    let retry = Callback::new(move |()| board.refetch());
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Boards", "/boards")] />
        <Show
            when=move || session.can(Permission::BuildBoards)
            fallback=move || view! { <PageHead title=title /> <DeniedState permission=Permission::BuildBoards /> }
        >
            <Transition fallback=|| view! { <Skeleton lines=6 /> }>
                {move || Suspend::new(async move {
                    match board.await {
                        Ok(board) => view! { <Form board from=from.get_untracked() heading=title /> }.into_any(),
                        Err(error) => view! { <PageHead title=title /> <ErrorState error retry /> }.into_any(),
                    }
                })}
            </Transition>
        </Show>
    }
}

#[component]
fn Form(board: Option<ShownBoard>, from: From, heading: &'static str) -> impl IntoView {
    let own = from.and_then(|(key, is_itself)| is_itself.then_some(key)).filter(|key| matches!(key, BoardKey::Own(_)));
    let version = board.as_ref().filter(|_| own.is_some()).map(|board| board.version);
    let (first_title, first_description) = match &board {
        Some(board) if own.is_some() => (board.title.clone(), board.description.clone()),
        Some(board) => (format!("{}, our copy", board.title), board.description.clone()),
        None => (String::new(), String::new()),
    };
    // A copy is for those who see what it is a copy of.
    let roles = StoredValue::new(board.as_ref().filter(|_| own.is_none()).map(|board| board.roles.clone()));
    let draft = Draft::new(board.map(|board| board.cards.into_iter().map(|(card, shown)| (card, Some(shown))).collect()).unwrap_or_default());
    let (title, description) = (RwSignal::new(first_title), RwSignal::new(first_description));
    let save = ServerAction::<SaveDashboard>::new();
    toast_results(save, "Board saved");
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(key)) = save.value().get() {
            draft.is_changed.set(false);
            navigate(&format!("/dashboards/{key}"), NavigateOptions::default());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (title, description) = (title.get_untracked(), description.get_untracked());
        let input = BoardInput { title, description, cards: draft.saved(), version, roles: roles.get_value() };
        save.dispatch(SaveDashboard { key: own, input });
    };
    let back = own.map_or_else(|| "/boards".to_owned(), |key| format!("/dashboards/{key}"));
    // Before the page listens, saving would only send an empty form.
    let listens = RwSignal::new(false);
    Effect::new(move |_| listens.set(true));
    view! {
        <PageHead title=heading lead="Pin questions to the board, in the order and size you like.".to_owned() />
        <Unsaved when=draft.is_changed />
        <div class="board-form">
            {move || save.value().get().and_then(Result::err).map(|error| view! { <Problem error /> })}
            // The card that is being chosen below has a form of its own.
            <form class="board-names" id="board-names" on:submit=submit>
                <NameField id="board-title" label="Name" value=title required=true is_changed=draft.is_changed />
                <NameField id="board-description" label="What it is for (if you like)" value=description required=false is_changed=draft.is_changed />
            </form>
            <Cards draft />
            <Builder draft />
            <div class="board-save">
                <Button kind=ButtonKind::Primary submit=true busy=save.pending() disabled=Signal::derive(move || !listens.get() || draft.changing.get().is_some()) attr:form="board-names">
                    "Save the board"
                </Button>
                <a class="button button-quiet" href=back data-discard=""><span>"Leave it as it was"</span></a>
                <p class="field-hint" role="status">{move || match (draft.changing.get(), draft.is_changed.get()) {
                    (Some(_), _) => "First put the card that you change back, or leave it as it was",
                    (None, true) => "Not saved yet",
                    (None, false) => "",
                }}</p>
            </div>
        </div>
        <p class="visually-hidden" role="status">{draft.said}</p>
    }
}

/// What the server would not take: every part that is wrong.
#[component]
pub(super) fn Problem(error: AppError) -> impl IntoView {
    let parts = error.fields.iter().map(|field| view! { <li>{sentence(&field.message)}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Bad>
            {sentence(&error.message)}
            <ul>{parts}</ul>
        </Notice>
    }
}

#[component]
fn NameField(id: &'static str, label: &'static str, value: RwSignal<String>, required: bool, is_changed: RwSignal<bool>) -> impl IntoView {
    let on_input = move |text: String| {
        value.set(text);
        is_changed.set(true);
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=id
                maxlength="500"
                required=required
                value=value.get_untracked()
                on:input:target=move |event| on_input(event.target().value())
            />
        </div>
    }
}

#[component]
fn Cards(draft: Draft) -> impl IntoView {
    let on_change = move |event: CustomEvent| {
        let part = |name: &str| js_sys::Reflect::get(&event.detail(), &JsValue::from_str(name)).ok()?.as_f64();
        if let (Some(from), Some(to), Some(width)) = (part("from"), part("to"), part("width")) {
            draft.arrange(from as usize, to as usize, width as u8);
        }
    };
    view! {
        <Show when=move || draft.cards().is_empty()>
            <EmptyState title="No cards yet" text="Choose what to see below; it is shown at once, and one click pins it here." icon="layers" />
        </Show>
        // `public/js/board_grid.js` drags and stretches, and says what became of it.
        <tradepost-grid class="board-grid" role="region" aria-label="Cards" on:grid-change=on_change>
            <For each=move || draft.cards() key=|card| card.id let:card>
                <EditedCard card draft />
            </For>
        </tradepost-grid>
    }
}

/// A card with its tools. It moves by mouse, by its buttons, and with the arrow keys.
#[component]
fn EditedCard(card: DraftCard, draft: Draft) -> impl IntoView {
    let id = card.id;
    let (sized, wider, narrower) = (card.clone(), card.clone(), card.clone());
    let shown = card.shown;
    let heading = Signal::derive(move || card.card.with(domain::dashboards::BoardCard::heading));
    let asked = card.clone();
    Effect::new(move |_| {
        if shown.with(Option::is_none) {
            let (asked, question) = (asked.clone(), asked.card.get_untracked());
            leptos::task::spawn_local(async move {
                asked.show(preview_card(question, "range=all".to_owned()).await);
            });
        }
    });
    let content = move || match shown.get() {
        Some(Ok(card)) => view! { <BoardCardView card open_tables=OpenTables::default() /> }.into_any(),
        Some(Err(error)) => view! { <ErrorState error /> }.into_any(),
        None => view! { <Skeleton lines=4 /> }.into_any(),
    };
    view! {
        <article
            class=move || {
                let mark = if draft.changing.get() == Some(id) { " is-being-changed" } else { "" };
                format!("edited-card board-cell-{}{mark}", sized.card.get().width)
            }
        >
            <header
                class="edited-head"
                id=head_id(id)
                tabindex="0"
                role="group"
                aria-label=move || format!("{}: the arrow keys move it, with Shift they make it narrower or wider", heading.get())
            >
                <crate::ui::Icon name="grip-vertical" />
                <span>{heading}</span>
            </header>
            <div class="edited-tools">
                <IconButton label="Earlier" icon="arrow-left" on:click=move |_| draft.shift(id, -1) />
                <IconButton label="Later" icon="arrow-right" on:click=move |_| draft.shift(id, 1) />
                <IconButton label="Narrower" icon="minus" on:click=move |_| draft.resize(&narrower, -1) />
                <IconButton label="Wider" icon="plus" on:click=move |_| draft.resize(&wider, 1) />
                <IconButton label="Change" icon="pencil" on:click=move |_| draft.changing.set(Some(id)) />
                <IconButton label="Remove" icon="trash-2" on:click=move |_| draft.remove(id) />
            </div>
            <div class="edited-shown" inert>{content}</div>
            <span class="edited-edge" aria-hidden="true" title="Drag to make it narrower or wider"></span>
        </article>
    }
}
