use crate::ui::{Button, ButtonKind, Dialog, open_while};
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
    #[prop(into)]
    verb: Signal<String>,
    on_yes: Callback<T>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let open = open_while(what);
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
                <Button kind=ButtonKind::Danger on:click=yes>{move || verb.get()}</Button>
            </div>
        </Dialog>
    }
}
