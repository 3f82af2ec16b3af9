use crate::session::use_session;
use crate::ui::Dialog;
use domain::places::PLACES;
use leptos::prelude::*;

/// The map of the keyboard.
#[component]
pub(crate) fn ShortcutsDialog(open: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let rows = move || {
        let role = session.role();
        PLACES
            .into_iter()
            .filter(|place| place.is_for(role))
            .map(|place| {
                view! {
                    <div>
                        <dt><kbd>"g"</kbd><kbd>{place.letter}</kbd></dt>
                        <dd>{place.label}</dd>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog id="shortcuts" open title="Keyboard shortcuts">
            <dl class="shortcuts">
                {rows}
                <div>
                    <dt><kbd>"/"</kbd><kbd>"Ctrl K"</kbd></dt>
                    <dd>"Search"</dd>
                </div>
                <div>
                    <dt><kbd>"?"</kbd></dt>
                    <dd>"This list"</dd>
                </div>
                <div>
                    <dt><kbd>"Esc"</kbd></dt>
                    <dd>"Close what is open"</dd>
                </div>
            </dl>
        </Dialog>
    }
}
