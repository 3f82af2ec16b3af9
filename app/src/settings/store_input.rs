use crate::settings::ChangeStore;
use crate::ui::toast_results;
use domain::ids::UserId;
use leptos::prelude::*;

/// The store that a member belongs to, stored when the input is left. The table is not asked for again, so that the focus stays where it goes.
#[component]
pub(super) fn StoreInput(user_id: UserId, email: String, store: Option<String>) -> impl IntoView {
    let change = ServerAction::<ChangeStore>::new();
    toast_results(change, "Store changed");
    let save = move |event| {
        let store = event_target_value(&event).trim().to_owned();
        change.dispatch(ChangeStore { user_id, store: (!store.is_empty()).then_some(store) });
    };
    view! {
        <input
            class="input member-store"
            type="text"
            autocomplete="off"
            maxlength="120"
            aria-label=format!("Store of {email}")
            placeholder="None"
            value=store
            on:change=save
        />
    }
}
