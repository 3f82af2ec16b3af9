//! Taking an upload back, once a person has read what exactly goes, changes and comes back.

use super::api::{get_undo_preview, undo_upload};
use super::undo_preview::Foretold;
use crate::ui::{Button, ButtonKind, Dialog, Notice, Skeleton, Tone, open_while, sentence, use_toasts};
use domain::ids::UploadId;
use domain::sources::UploadSummary;
use leptos::prelude::*;

/// Asks about the upload that `asked` holds, and takes it back.
#[component]
pub(super) fn UndoDialog(
    asked: RwSignal<Option<UploadSummary>>,
    /// Told of the upload as it is then.
    on_undone: Callback<UploadSummary>,
) -> impl IntoView {
    let toasts = use_toasts();
    let open = open_while(asked);
    let foretold = Action::new(|id: &UploadId| {
        let id = *id;
        async move { (id, get_undo_preview(id).await) }
    });
    let id = Memo::new(move |_| asked.with(|asked| asked.as_ref().map(|upload| upload.id)));
    Effect::new(move |_| {
        if let Some(id) = id.get() {
            foretold.dispatch(id);
        }
    });
    // The answer about another upload may still stand there, or arrive late.
    let told = Memo::new(move |_| foretold.value().get().filter(|(of, _)| Some(*of) == id.get()).map(|(_, told)| told));
    let undo = Action::new(move |id: &UploadId| {
        let id = *id;
        async move {
            match undo_upload(id).await {
                Ok(upload) => on_undone.run(upload),
                Err(error) => toasts.failed(&error),
            }
        }
    });
    let yes = move |_| {
        if let Some(id) = id.get_untracked() {
            undo.dispatch(id);
        }
        open.set(false);
    };
    let title = Signal::derive(move || asked.with(|asked| asked.as_ref().map(|upload| format!("Undo “{}”?", upload.file_name)).unwrap_or_default()));
    view! {
        <Dialog id="undo-upload" open title>
            <div class="undo-told" aria-live="polite">
                {move || match told.get() {
                    None => view! { <Skeleton lines=4 /> }.into_any(),
                    Some(Ok(preview)) => view! { <Foretold preview /> }.into_any(),
                    Some(Err(error)) => view! { <Notice tone=Tone::Bad>{sentence(&error.message)}</Notice> }.into_any(),
                }}
            </div>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>"Keep it"</Button>
                <Button
                    kind=ButtonKind::Danger
                    disabled=Signal::derive(move || !told.with(|told| matches!(told, Some(Ok(_)))))
                    on:click=yes
                >
                    "Undo this upload"
                </Button>
            </div>
        </Dialog>
    }
}
