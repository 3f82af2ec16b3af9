use crate::ui::{Button, ButtonKind, Dialog};
use leptos::prelude::*;

/// Asks before something goes that cannot come back, and says exactly what goes. `what` holds the thing while it is asked.
#[component]
pub(crate) fn Confirm<T>(
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    what: RwSignal<Option<T>>,
    /// What exactly will happen to it.
    says: fn(&T) -> String,
    /// The verb on the button.
    verb: &'static str,
    on_yes: Callback<T>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(what.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            what.set(None);
        }
        is_open
    });
    let yes = move |_| {
        if let Some(thing) = what.get_untracked() {
            on_yes.run(thing);
        }
        open.set(false);
    };
    view! {
        <Dialog id open title>
            <p>{move || what.with(|what| what.as_ref().map(says))}</p>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>"Keep it"</Button>
                <Button kind=ButtonKind::Danger on:click=yes>{verb}</Button>
            </div>
        </Dialog>
    }
}
