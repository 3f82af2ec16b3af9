use crate::session::use_session;
use crate::ui::Icon;
use domain::Permission;
use leptos::prelude::*;

/// Opens the notes on some days, which `public/js/annotations.js` shows; it says there who may write.
#[component]
pub(super) fn NotesButton() -> impl IntoView {
    let may = use_session().can(Permission::BuildBoards);
    view! {
        <button type="button" class="button button-quiet" data-notes=if may { "write" } else { "read" } title="What people should know of some days">
            <Icon name="pencil" />
            <span>"Notes"</span>
        </button>
    }
}
