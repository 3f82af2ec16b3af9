//! The earlier states of a board, and the way back to one.

use super::boards_api::{RestoreVersion, list_versions};
use crate::ui::{Button, ButtonKind, Dialog, ErrorState, Instant, Skeleton, toast_results};
use domain::dashboards::{BoardKey, BoardVersion};
use leptos::prelude::*;

/// A button that opens the list of versions.
#[component]
pub(super) fn History(key: BoardKey) -> impl IntoView {
    let open = RwSignal::new(false);
    let versions = Action::new(move |_: &()| list_versions(key));
    let restore = ServerAction::<RestoreVersion>::new();
    toast_results(restore, "Board restored");
    Effect::new(move |_| {
        if let Some(Ok(_)) = restore.value().get() {
            open.set(false);
            // The board is read anew, with what it shows now.
            let _ = window().location().reload();
        }
    });
    let show = move |_| {
        versions.dispatch(());
        open.set(true);
    };
    let list = move || match versions.value().get() {
        None => view! { <Skeleton lines=3 /> }.into_any(),
        Some(Err(error)) => view! { <ErrorState error /> }.into_any(),
        Some(Ok(versions)) => {
            let rows = versions.into_iter().enumerate().map(|(index, version)| view! { <Row key version is_newest=index == 0 restore /> });
            view! { <ul class="version-list">{rows.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <Button kind=ButtonKind::Quiet icon="history" on:click=show>"Versions"</Button>
        <Dialog id="board-versions" open title="Versions of this board">{list}</Dialog>
    }
}

#[component]
fn Row(key: BoardKey, version: BoardVersion, is_newest: bool, restore: ServerAction<RestoreVersion>) -> impl IntoView {
    let BoardVersion { version, title, cards, saved_at, saved_by } = version;
    let what = format!("{title}, {}", domain::format::counted(cards as i64, "card", "cards"));
    view! {
        <li>
            <div>
                <strong>{format!("Version {version}")}</strong>
                " "
                <span>{what}</span>
                <p class="field-hint"><Instant at=saved_at /> {saved_by.map(|name| format!(" by {name}"))}</p>
            </div>
            {if is_newest {
                view! { <span class="field-hint">"Now"</span> }.into_any()
            } else {
                view! {
                    <Button on:click=move |_| {
                        restore.dispatch(RestoreVersion { key, version });
                    }>"Go back to it"</Button>
                }
                    .into_any()
            }}
        </li>
    }
}
