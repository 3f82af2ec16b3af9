use crate::shell::ThemeToggle;
use crate::shell::person_menu::PersonMenu;
use crate::shell::shop_menu::ShopMenu;
use crate::sources::SendingHint;
use crate::ui::{Icon, IconButton};
use leptos::prelude::*;

/// The bar above every page: the shop, the theme, help and the person.
#[component]
pub(crate) fn TopBar(shortcuts_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <header class="top-bar">
            <ShopMenu />
            <div class="top-bar-tools">
                <button type="button" class="search-button" data-search="" aria-label="Search" title="Search">
                    <Icon name="search" />
                    <span>"Search"</span>
                    <kbd>"/"</kbd>
                </button>
                <SendingHint />
                <span class="only-wide">
                    <IconButton label="Keyboard shortcuts" icon="keyboard" on:click=move |_| shortcuts_open.set(true) />
                </span>
                <ThemeToggle />
                <PersonMenu />
            </div>
        </header>
    }
}
