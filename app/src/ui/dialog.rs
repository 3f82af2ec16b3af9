use crate::ui::IconButton;
use leptos::{html, prelude::*};

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
