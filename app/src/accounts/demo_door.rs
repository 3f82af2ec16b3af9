use crate::accounts::EnterDemo;
use crate::accounts::api::demo_is_open;
use crate::ui::{Notice, Tone, sentence};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The button into the demo shop, where there is one with something to see in it.
#[component]
pub(crate) fn DemoDoor(
    /// The button's classes.
    class: &'static str,
) -> impl IntoView {
    let is_open = Resource::new(|| (), |()| demo_is_open());
    view! {
        <Suspense>
            {move || Suspend::new(async move { is_open.await.unwrap_or(false).then(|| view! { <Door class /> }) })}
        </Suspense>
    }
}

#[component]
fn Door(class: &'static str) -> impl IntoView {
    let enter_demo = ServerAction::<EnterDemo>::new();
    let problem = move || match enter_demo.value().get() {
        Some(Err(error)) => Some(view! { <Notice tone=Tone::Warning>{sentence(&error.message)}</Notice> }),
        _ => None,
    };
    view! {
        <ActionForm action=enter_demo attr:class="demo-door">
            <button type="submit" class=class aria-busy=move || enter_demo.pending().get().then_some("true")>
                "Look around the demo shop"
            </button>
            <div aria-live="polite">{problem}</div>
        </ActionForm>
    }
}
