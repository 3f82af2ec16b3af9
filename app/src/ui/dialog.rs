use crate::ui::IconButton;
use leptos::{html, prelude::*};

/// Open while `what` holds the thing that is asked about; closed, it lets go of it.
pub fn open_while<T: Send + Sync + 'static>(what: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(what.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            what.set(None);
        }
        is_open
    });
    open
}

/// A modal dialog on `<dialog>`: the browser traps the focus, returns it, and closes on Esc.
#[component]
pub fn Dialog(
    /// Names the dialog's parts; unique on the page.
    id: &'static str,
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let is_open = open.get();
        let Some(element) = dialog.get() else { return };
        if is_open && !element.open() {
            // Fails only for a dialog that is not in the document; then there is nothing to show.
            let _ = element.show_modal();
        } else if !is_open && element.open() {
            element.close();
        }
    });
    let heading_id = format!("{id}-title");
    let labelled_by = heading_id.clone();
    view! {
        <dialog class="dialog" id=id aria-labelledby=labelled_by closedby="any" node_ref=dialog on:close=move |_| open.set(false)>
            <header class="dialog-head">
                <h2 id=heading_id>{move || title.get()}</h2>
                <IconButton label="Close" icon="x" on:click=move |_| open.set(false) />
            </header>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
