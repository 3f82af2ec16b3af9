use super::address::{query_of, view_of};
use super::api::get_sales_board;
use super::board::{SalesBoard, SalesHead};
use super::empty::NoSalesYet;
use super::skeleton::BoardSkeleton;
use crate::charts::OpenTables;
use crate::ui::{ErrorState, PageHead};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// How the shop is doing. What is seen stands in the address, so that it can be shared and gone back to.
#[component]
pub fn SalesPage() -> impl IntoView {
    let search = use_location().search;
    let view = Memo::new(move |_| search.with(|search| view_of(search)));
    let board = Resource::new(move || view.with(query_of), get_sales_board);
    let pending = RwSignal::new(false);
    let open_tables = OpenTables::default();
    let retry = Callback::new(move |()| board.refetch());
    view! {
        <div class="sales" aria-busy=move || if pending.get() { "true" } else { "false" }>
            <Transition fallback=BoardSkeleton set_pending=pending>
                <SalesHead board view />
                {move || Suspend::new(async move {
                    match board.await {
                        Ok(board) if board.freshness.is_none() => view! { <NoSalesYet title="Sales" /> }.into_any(),
                        Ok(board) => view! { <SalesBoard board view open_tables /> }.into_any(),
                        Err(error) => view! { <PageHead title="Sales" /> <ErrorState error retry /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}
