//! A board for whoever has its public link: no session, no frame, nothing to choose.

use super::fresh::{IN_A_PAGE, ON_A_WALL, Shown, keep_fresh};
use super::links_api::{get_shared_board, shared_pulse};
use super::payload::ShownShared;
use super::screen::{Screen, Show};
use super::sheet::{Heading, Sheet};
use super::skeleton::BoardSkeleton;
use crate::charts::OpenTables;
use crate::ui::ErrorState;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_location, use_params_map};

/// The board of a link; `?screen=tv` shows it large, for a wall.
#[component]
pub fn SharedPage() -> impl IntoView {
    let (params, search) = (use_params_map(), use_location().search);
    let token = Memo::new(move |_| params.with(|params| params.get("token").unwrap_or_default()));
    let on_wall = Memo::new(move |_| search.with(|search| search.trim_start_matches('?').split('&').any(|pair| pair == "screen=tv")));
    let board = Resource::new(move || token.get(), get_shared_board);
    let open_tables = OpenTables::default();
    let every = Signal::derive(move || Some(if on_wall.get() { ON_A_WALL } else { IN_A_PAGE }));
    let shown = RwSignal::new(Shown::default());
    Effect::new(move |_| shown.set(Shown::of(board.get().map(|board| board.map(|board| board.pulse)))));
    keep_fresh(every, shown, move || shared_pulse(token.get_untracked()), Callback::new(move |()| board.refetch()));
    let exit = Signal::derive(move || format!("/shared/{}", token.get()));
    let cards = move || {
        view! {
            <Transition fallback=BoardSkeleton>
                {move || Suspend::new(async move {
                    match board.await {
                        Ok(board) => view! { <SharedBoard board open_tables /> }.into_any(),
                        Err(error) => {
                            view! {
                                <Title text="Closed link" />
                                <h1 class="visually-hidden">"This link does not work"</h1>
                                <ErrorState error />
                            }
                                .into_any()
                        }
                    }
                })}
            </Transition>
        }
    };
    view! {
        <Meta name="robots" content="noindex, nofollow" />
        <main id="main" class="shared sales" class:tv=move || on_wall.get() tabindex="-1">
            {cards()}
            {move || on_wall.get().then(|| view! { <Screen exit show=Show::default() /> })}
            <footer class="shared-foot">
                <span>"Shown with Tradepost"</span>
                <a href=move || format!("{}?screen=tv", exit.get())>"Show on a screen"</a>
            </footer>
        </main>
    }
}

#[component]
fn SharedBoard(board: ShownShared, open_tables: OpenTables) -> impl IntoView {
    let ShownShared { shop, title, description, has_data, freshness, range, compared_range, filters, cards, .. } = board;
    let heading = Heading { shop: Some(shop), title, description, range, compared_range, filters, freshness, has_data };
    view! { <Sheet heading cards open_tables /> }
}
