use crate::session::{SwitchMerchant, use_session};
use crate::ui::{Badge, Icon, Menu, Tone};
use domain::accounts::MerchantChoice;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The shop's name; a menu when the person belongs to several.
#[component]
pub(crate) fn ShopMenu() -> impl IntoView {
    let session = use_session();
    let switch = ServerAction::<SwitchMerchant>::new();
    Effect::new(move |_| {
        if let Some(Ok(())) = switch.value().get() {
            // Everything on the page belongs to the other shop: begin anew.
            let _ = window().location().assign("/sales");
        }
    });
    let name = move || {
        view! {
            <span class="shop-name">
                <Icon name="store" />
                <span>{move || session.merchant().name}</span>
                <Show when=move || session.merchant().is_demo><Badge tone=Tone::Info>"Demo"</Badge></Show>
            </span>
        }
    };
    let current = session.me().merchant.id;
    let row = move |choice: MerchantChoice| {
        let is_current = choice.id == current;
        view! {
            <button class="menu-item" type="submit" name="merchant_id" value=choice.id.to_string() aria-current=is_current.then_some("true")>
                <Icon name=if is_current { "check" } else { "store" } />
                <span>{choice.name}<small>{choice.role.as_str()}</small></span>
            </button>
        }
    };
    let shops = session.me().merchants;
    if shops.len() < 2 {
        return view! { <div class="shop-alone">{name()}</div> }.into_any();
    }
    view! {
        <Menu id="shop-menu" label="Change shop" trigger=ViewFn::from(name) with_arrow=true>
            <ActionForm action=switch>{shops.into_iter().map(row).collect_view()}</ActionForm>
        </Menu>
    }
    .into_any()
}
