use super::api::update_board;
use super::words::{access_tone, audience, host, icon};
use crate::ui::{Badge, Checkbox, Icon, IconButton, use_toasts};
use domain::embeds::{EmbedPatch, EmbedSummary};
use domain::ids::EmbedId;
use leptos::{ev, prelude::*};

/// One board in the admins' list.
#[component]
pub(super) fn BoardRow(board: EmbedSummary, shown: RwSignal<Vec<EmbedSummary>>, on_move: Callback<(EmbedId, isize)>) -> impl IntoView {
    let toasts = use_toasts();
    let EmbedSummary { id, title, tool, access, origin, group, .. } = board.clone();
    let enabled = RwSignal::new(board.enabled);
    let place = Memo::new(move |_| shown.with(|boards| boards.iter().position(|board| board.id == id).map(|at| (at, boards.len()))));
    let is_first = move || place.get().is_none_or(|(at, _)| at == 0);
    let is_last = move || place.get().is_none_or(|(at, all)| at + 1 == all);
    let switch = Action::new(move |is_on: &bool| {
        let is_on = *is_on;
        async move {
            let result = update_board(id, EmbedPatch { enabled: Some(is_on), ..EmbedPatch::default() }).await;
            match result {
                Ok(_) => toasts.done(if is_on { "Board switched on" } else { "Board switched off; nobody sees it" }),
                Err(error) => {
                    // The page may have been left meanwhile.
                    let _ = enabled.try_set(!is_on);
                    toasts.failed(&error);
                }
            }
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => -1,
            "ArrowDown" => 1,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            on_move.run((id, by));
        }
    };
    let who = audience(&board.roles, board.members.len());
    let place_words = if group.is_empty() { who } else { format!("{who} · {group}") };
    view! {
        <li class="board-row" class:is-off=move || !enabled.get() id=format!("board-{id}") tabindex="-1" on:keydown=on_key>
            <div class="board-moves">
                <MoveButton title=title.clone() word="up" icon="arrow-up" ends=Signal::derive(is_first) on_press=Callback::new(move |()| on_move.run((id, -1))) />
                <MoveButton title=title.clone() word="down" icon="arrow-down" ends=Signal::derive(is_last) on_press=Callback::new(move |()| on_move.run((id, 1))) />
            </div>
            <div class="board-row-words">
                <span class="row">
                    <a href=format!("/settings/boards/{id}") rel="external"><Icon name=icon(&board.icon) /> {title.clone()}</a>
                    <Badge tone=access_tone(access)>{access.label()}</Badge>
                    {board.is_start.then(|| view! { <Badge>"Start"</Badge> })}
                    {(tool.needs_secret() && !board.has_secret).then(|| view! { <Badge tone=crate::ui::Tone::Bad>"Secret missing"</Badge> })}
                </span>
                <p>{format!("{} · {}", tool.label(), host(&origin))}</p>
                <p>{place_words}</p>
            </div>
            <div class="row board-row-actions">
                <Checkbox
                    name=format!("enabled-{id}")
                    label=Signal::derive(move || if enabled.get() { "On".to_owned() } else { "Off".to_owned() })
                    checked=enabled
                    on_change=Callback::new(move |is_on| {
                        enabled.set(is_on);
                        switch.dispatch(is_on);
                    })
                    attr:aria-label=format!("Show {title}")
                />
                <a class="icon-button" href=format!("/boards/{id}") rel="external" aria-label=format!("See {title}") title="See the board"><Icon name="eye" /></a>
            </div>
        </li>
    }
}

#[component]
fn MoveButton(title: String, word: &'static str, icon: &'static str, #[prop(into)] ends: Signal<bool>, on_press: Callback<()>) -> impl IntoView {
    view! { <IconButton label=format!("Move {title} {word}") icon=icon attr:disabled=move || ends.get() on:click=move |_| on_press.run(()) /> }
}
