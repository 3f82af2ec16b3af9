//! The history: who brought what and when, what came of it, and what can be done about it.

use super::api::cancel_upload;
use super::reading::{Reading, ReadingProgress};
use super::undo::UndoDialog;
use super::watch::Watch;
use super::words::{is_being_changed, outcome, period, recognised, status_tone, status_word, who_brought};
use crate::session::use_session;
use crate::ui::{Badge, Button, ButtonKind, Instant, Table, use_toasts};
use domain::sources::{UploadStatus, UploadSummary};
use domain::{Permission, format};
use leptos::prelude::*;

/// A question about an upload, and where its answer is shown.
type Asked = (RwSignal<Option<UploadSummary>>, RwSignal<Option<RwSignal<UploadSummary>>>);

#[component]
pub(super) fn UploadsTable(uploads: Vec<UploadSummary>) -> impl IntoView {
    let asked: Asked = (RwSignal::new(None), RwSignal::new(None));
    let rows = uploads.into_iter().map(|upload| view! { <UploadRow upload asked /> }).collect_view();
    let on_undone = Callback::new(move |upload| {
        if let Some(row) = asked.1.get_untracked() {
            row.set(upload);
        }
    });
    view! {
        <div class="uploads-table">
            <Table caption="Uploads" headings=vec!["File", "State", "What came of it", "Days", "Brought by", ""]>{rows}</Table>
        </div>
        <UndoDialog asked=asked.0 on_undone />
    }
}

#[component]
fn UploadRow(upload: UploadSummary, asked: Asked) -> impl IntoView {
    let (id, file_name, brought_by, created_at) = (upload.id, upload.file_name.clone(), who_brought(&upload), upload.created_at);
    let shown = follow(upload);
    let status = Memo::new(move |_| shown.with(|upload| upload.status));
    let reading = Signal::derive(move || shown.with(Reading::of));
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/data/uploads/{id}")>{file_name}</a>
                <small class="upload-bytes">{move || shown.with(what)}</small>
            </th>
            <td><Badge tone=Signal::derive(move || status_tone(status.get()))>{move || shown.with(status_word)}</Badge></td>
            <td class="upload-came">
                {move || if status.get().is_settled() {
                    view! { <Came shown /> }.into_any()
                } else {
                    view! { <ReadingProgress reading /> }.into_any()
                }}
            </td>
            <td class="upload-days" class:upload-days-none=move || shown.with(|upload| period(upload).is_none())>
                {move || shown.with(|upload| period(upload).unwrap_or_else(|| "–".to_owned()))}
            </td>
            <td class="upload-by">
                <span>{brought_by}</span>
                <small class="upload-bytes"><Instant at=created_at /></small>
            </td>
            <td><RowActions shown asked /></td>
        </tr>
    }
}

/// What the file is: `Shopify orders, 31.5 kB`.
fn what(upload: &UploadSummary) -> String {
    let bytes = format::bytes(upload.bytes);
    match upload.status {
        UploadStatus::Completed | UploadStatus::Undone => {
            format!("{}, {bytes}", recognised(upload).unwrap_or_else(|| upload.kind.label().to_owned()))
        }
        _ => bytes,
    }
}

#[component]
fn Came(shown: RwSignal<UploadSummary>) -> impl IntoView {
    let rest = move || {
        shown.with(|upload| {
            let some =
                |rows: i64, words: &str| (rows > 0 && upload.status == UploadStatus::Completed).then(|| format!("{} {words}", format::number(rows)));
            let parts: Vec<String> =
                [some(upload.rows_duplicate, "there already"), some(upload.rows_rejected, "not readable")].into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        })
    };
    view! {
        <span>{move || shown.with(outcome)}</span>
        {move || rest().map(|rest| view! { <small class="upload-bytes">{rest}</small> })}
    }
}

#[component]
fn RowActions(shown: RwSignal<UploadSummary>, asked: Asked) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let may_add = move || session.can(Permission::AddData);
    let cancel = Action::new(move |(): &()| async move {
        match cancel_upload(shown.with_untracked(|upload| upload.id)).await {
            Ok(upload) => shown.set(upload),
            Err(error) => toasts.failed(&error),
        }
    });
    let ask = move |_| {
        asked.1.set(Some(shown));
        asked.0.set(Some(shown.get_untracked()));
    };
    let is_moving = Memo::new(move |_| shown.with(|upload| !upload.status.is_settled()));
    let is_changed = Memo::new(move |_| shown.with(is_being_changed));
    let can_undo = Memo::new(move |_| shown.with(|upload| upload.can_undo));
    let name = move || shown.with(|upload| upload.file_name.clone());
    view! {
        <div class="row">
            <Show when=move || is_moving.get() && may_add()>
                <Button kind=ButtonKind::Quiet icon="x" busy=cancel.pending() attr:aria-label=move || if is_changed.get() { format!("Keep {} as it was", name()) } else { format!("Cancel {}", name()) } on:click=move |_| { cancel.dispatch(()); }>
                    {move || if is_changed.get() { "Keep" } else { "Cancel" }}
                </Button>
            </Show>
            <Show when=move || can_undo.get() && may_add()>
                <Button kind=ButtonKind::Quiet icon="undo-2" attr:aria-label=move || format!("Undo {}", name()) on:click=ask>"Undo"</Button>
            </Show>
        </div>
    }
}

/// The upload as it is now, and as it becomes while something happens to it.
pub(super) fn follow(upload: UploadSummary) -> RwSignal<UploadSummary> {
    let id = upload.id;
    let shown = RwSignal::new(upload);
    let is_moving = Memo::new(move |_| shown.with(|upload| !upload.status.is_settled()));
    Effect::new(move |_| {
        if is_moving.get() {
            let watch = Watch::start(id, move |upload| {
                // News may arrive while the page is being left.
                let _ = shown.try_set(upload);
            });
            // Made in the browser only, and kept until the effect runs again or its owner goes: a server's threads must never hold it.
            StoredValue::new_local(watch);
        }
    });
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::words::tests::upload;

    #[test]
    fn a_file_is_what_it_was_recognised_as() {
        let read = UploadSummary { vendor_name: Some("Shopify".to_owned()), bytes: 31_500, ..upload(UploadStatus::Completed, 1, 0, 0) };
        assert_eq!(what(&read), "Shopify orders, 31.5 kB");
        assert_eq!(what(&UploadSummary { vendor_name: None, ..read.clone() }), "Orders, 31.5 kB");
        assert_eq!(what(&UploadSummary { status: UploadStatus::Failed, ..read }), "31.5 kB");
    }
}
